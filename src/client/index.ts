export type { Client, ClientOptions, ItemOf, ListOperation } from './client.ts';
export { openClient } from './open-client.ts';
export type { Target } from './target.ts';
export { type UploadKind, type UploadLinesOptions, uploadLines } from './upload-lines.ts';
export {
  type ManyRules,
  rulesCarrier,
  rulesReference,
  rulesReferenceSteps,
  type UploadOptions,
  uploadContent,
  uploadRules,
} from './upload-rules.ts';
