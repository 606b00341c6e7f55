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
declare module 'node-forge/lib/md5' {
  import { type md } from 'node-forge';
  const md5: { create(): md.MessageDigest };
  export = md5;
}
declare module 'node-forge/lib/sha1' {
  import { type md } from 'node-forge';
  const sha1: { create(): md.MessageDigest };
  export = sha1;
}
declare module 'node-forge/lib/sha256' {
  import { type md } from 'node-forge';
  const sha256: { create(): md.MessageDigest };
  export = sha256;
}
/** Of the types only the name of the algorithm is missing. */
declare module 'node-forge/lib/sha512' {
  import { type md } from 'node-forge';
  const sha512: { create(algorithm?: string): md.MessageDigest };
  export = sha512;
}
declare module 'node-forge/lib/aes';
declare module 'node-forge/lib/des';
