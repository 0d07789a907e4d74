// What whoever asks for tokens needs to ask, and to check the answers. An entry of its own, so that only they load the library for certificates.
export { CLOCK_TOLERANCE_SECONDS } from '../checks/chain-view.ts';
export { DerError, readDer, TAG } from './der.ts';
export {
  encodeQuery,
  encodeReply,
  freshNonce,
  oidContent,
  QUERY_TYPE,
  REPLY_TYPE,
  ReplyError,
  readReply,
} from './protocol.ts';
export { type JudgedToken, judgeToken, readAuthorities } from './rfc3161.ts';
