import { isMap, parseDocument, visit } from 'yaml';
import type { Component } from '../../src/domain/component.ts';
import type { CodedComponent, ComponentIds } from './planned-components.ts';

/** A `since` of `components.yml` that is later than the history that is taken over; `to` is the other page's own, or null for none. */
export type LateSince = { readonly id: string; readonly from: string; readonly to: string | null };

/**
 * What `init` wrote for a new page is too late for one that brings its history: the days before would
 * not count. `used` are the components that this history names.
 */
export function lateSinces(
  planned: readonly CodedComponent[],
  used: readonly CodedComponent[],
  ids: ComponentIds,
  known: readonly Component[],
): LateSince[] {
  const named = new Set(used.map(({ code }) => code));
  return planned.flatMap(({ code, planned: { since = null } }): LateSince[] => {
    const there = known.find(({ id }) => id === ids.get(code));
    if (there?.since == null) return [];
    const isLate = since === null ? named.has(code) : since < there.since;
    return isLate ? [{ id: there.id, from: there.since, to: since }] : [];
  });
}

/** The text of a `components.yml` with these dates put right; all else stays, comments included. */
export function putSinceRight(text: string, late: readonly LateSince[]): string {
  if (late.length === 0) return text;
  const document = parseDocument(text, { schema: 'core', version: '1.2' });
  visit(document, {
    Map(_, node) {
      const found = isMap(node) ? late.find(({ id }) => node.get('id') === id) : undefined;
      if (found === undefined) return;
      if (found.to === null) node.delete('since');
      else node.set('since', found.to);
    },
  });
  return document.toString({ lineWidth: 0 });
}

export function sinceRemark({ id, from, to }: LateSince, content: string): string {
  return `${content}/components.yml said that ${id} is there since ${from}; it now says ${to ?? 'no day, so that all of its history counts'}`;
}
