/// Ciphers that JSch is given in place of its own, and finds by their class names.
///
/// | type | what it is |
/// |---|---|
/// | `AesGcm` | AES-GCM of SSH by Bouncy Castle |
package dev.bluerig.remote.cipher;
