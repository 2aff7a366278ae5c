/** The second thread of a verification. */
import { type Bytes, checkAside } from '@fairground/ledger';

addEventListener('message', ({ data }: MessageEvent<Bytes>) => {
  void checkAside(data).then((word) => postMessage(word));
});
