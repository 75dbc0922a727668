/// From text that people and programs wrote to located trees and records, and back: YAML, JSON, templates, secrets, bounded files.
///
/// | type | what it is |
/// |---|---|
/// | `Tree` | what YAML and JSON become: text with its place |
/// | `Yaml`, `ForeignYaml`, `Json` | readers: our own strict YAML, the YAML of other programs, and JSON, which is written here, too |
/// | `Binder`, `Described`, `Description` | from a tree to a record and back; the same annotations feed `explain` and the reference |
/// | `Renderer` | strict Jinja for values and templates |
/// | `InvalidInput`, `Problem`, `Location` | everything that is wrong with the input, each with its place |
/// | `Secret`, `SecretFinder`, `TrustedText` | text that nobody may print; where it stands in other text; what is not searched |
/// | `BoundedFile` | the one way to read a file that somebody else writes |
/// | `VisibleText` | text of others as people may see it |
package dev.bluerig.source;
