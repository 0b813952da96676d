/** Tells of something that was not carried over as it was; each begins with the file and line, or the index in a JSON file. */
export type Note = (text: string) => void;
