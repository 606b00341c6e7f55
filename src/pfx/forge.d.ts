// The single files of node-forge used here; the package's own types only know the whole library, which is too large to load.
declare module 'node-forge/lib/rc2' {
  import { rc2 } from 'node-forge';
  export = rc2;
}
declare module 'node-forge/lib/cipher' {
  import { cipher } from 'node-forge';
  export = cipher;
}
declare module 'node-forge/lib/util' {
  import { util } from 'node-forge';
  export = util;
}
declare module 'node-forge/lib/aes';
declare module 'node-forge/lib/des';
