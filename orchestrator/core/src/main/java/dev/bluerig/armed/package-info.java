/// Changes that the machine itself takes back, unless it is told in time not to; pure.
///
/// | type | what it is |
/// |---|---|
/// | `Armable` | whether a remedy can be armed, and what is to be put back |
/// | `WayBack` | what the way in had, and how it is saved and put back |
/// | `ArmedChange` | one armed remedy: its directory on the machine and what is sent |
/// | `RestoreScript` | the script there: arms, puts back, disarms |
/// | `ArmedUnits` | what puts it back at the next boot |
/// | `ArmedTraces` | the fact of what earlier armed changes have left |
package dev.bluerig.armed;
