/**
 * YAML, to be imported when it is needed. The package is CommonJS, of which a bundle gives a dynamic import nothing but
 * a default; a module of our own between them keeps the names.
 */
export { parseDocument, stringify } from 'yaml';
