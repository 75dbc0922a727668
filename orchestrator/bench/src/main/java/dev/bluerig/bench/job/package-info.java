/// The job that all do: for the script, for bluerig, for Ansible.
///
/// | type | what it is |
/// |---|---|
/// | `JobFiles` | the job, as each of them is told it |
package dev.bluerig.bench.job;
