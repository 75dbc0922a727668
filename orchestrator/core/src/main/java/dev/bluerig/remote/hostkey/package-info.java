/// Host keys on file: known_hosts as OpenSSH reads and writes it.
///
/// | type | what it is |
/// |---|---|
/// | `KnownHosts` | the keys on file, looked up by name; hashed names, patterns, `@revoked` |
/// | `KnownHostsFile` | writes keys: whole or not at all, one writer at a time |
/// | `HashedName` | a name that only who knows it can recognise |
/// | `PublicKeyText` | a public key as these files have it |
package dev.bluerig.remote.hostkey;
