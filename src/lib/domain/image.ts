/** An image of the content folder. */
export type ImageFile = {
  /** Below the content folder, such as `incidents/2026-11-22-checkout/error-rate.png`. */
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of its bytes. */
  readonly hash: string;
};

/** An image in a text. */
export type ShownImage = {
  /** Its address as the text says it: a path relative to the text's file. */
  readonly src: string;
  readonly file: ImageFile;
};
