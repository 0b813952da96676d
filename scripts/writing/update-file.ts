export { cleanBody, type Field, type Fields, fileText, toYaml } from '../../src/content/writing/update-file.ts';
