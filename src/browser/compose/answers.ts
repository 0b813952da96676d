import { componentStatuses, type ComponentStatus } from '../../domain/vocabulary.ts';

/** What the form holds; an empty text says nothing. */
export type Answers = {
  /** The folder of an open incident; empty for a new one. */
  readonly incident: string;
  readonly title: string;
  readonly status: string;
  readonly impact: string;
  /** Only those of which something is said. */
  readonly components: Readonly<Record<string, ComponentStatus>>;
  readonly customer_data: string;
  readonly next_update: string;
  readonly lead: string;
  readonly comms: string;
  readonly remedy: string;
  readonly message: string;
};

/** How the field of a component is called in the form. */
export const componentField = (id: string): string => `component.${id}`;

/** Reads the form. */
export function readAnswers(form: FormData, componentIds: readonly string[]): Answers {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const stateOf = (id: string) => componentStatuses.find((status) => status === text(componentField(id)));
  return {
    incident: text('incident'),
    title: text('title'),
    status: text('status'),
    impact: text('impact'),
    components: Object.fromEntries(
      componentIds.flatMap((id) => {
        const state = stateOf(id);
        return state === undefined ? [] : [[id, state]];
      }),
    ),
    customer_data: text('customer_data'),
    next_update: text('next_update'),
    lead: text('lead'),
    comms: text('comms'),
    remedy: text('remedy'),
    message: text('message'),
  };
}
