import MarkdownIt from 'markdown-it';

/** Takes markdown apart as pages do, with addresses that those would leave out: it is for telling of them. */
export const markdown = new MarkdownIt({ html: true });
markdown.validateLink = () => true;

/** The line on which the text of a file begins, below its fields. `text` is the whole file, `body` the markdown at its end. */
export const firstLine = (text: string, body: string): number => text.slice(0, Math.max(0, text.lastIndexOf(body))).split('\n').length;
