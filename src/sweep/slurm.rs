//! Handing a sweep to Slurm: a job array whose tasks share the cells.

use std::path::Path;

use crate::shell::quote;

/// How often a task that was interrupted is put back into the queue.
const REQUEUES: usize = 3;

/// Tasks per core that cells are spread over, so that a slow task doesn't hold up the others.
const TASKS_PER_CORE: usize = 4;

/// A job array.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The program.
    pub program: &'a Path,
    /// The sweep's file.
    pub grid: &'a Path,
    /// The sweep's folder.
    pub out: &'a Path,
    /// Number of tasks.
    pub tasks: usize,
    /// Memory of a task, in megabytes.
    pub memory: usize,
    /// Time of a task in Slurm's notation, if it is limited.
    pub time: Option<&'a str>,
    /// The partition, if not the default one.
    pub partition: Option<&'a str>,
}

/// Number of tasks for `cells` cells on `cores` cores.
pub fn tasks(cells: usize, cores: usize) -> usize {
    cells.min(TASKS_PER_CORE * cores).max(1)
}

impl Job<'_> {
    /// The script for `sbatch`. A task that ends with 75 was interrupted and is put back into the
    /// queue, up to three times; cells that are finished are not run again.
    pub fn script(&self) -> String {
        let [program, grid, out] =
            [self.program, self.grid, self.out].map(|path| quote(&path.to_string_lossy()));
        let log = self.out.join("slurm-%A_%a.log");
        let mut script = format!(
            "#!/bin/bash
#SBATCH --job-name=ctui-sweep
#SBATCH --array=0-{last}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem={memory}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@30
#SBATCH --output={log}
",
            last = self.tasks - 1,
            memory = self.memory,
            log = quote(&log.to_string_lossy()),
        );
        for (option, value) in [("time", self.time), ("partition", self.partition)] {
            if let Some(value) = value {
                script += &format!("#SBATCH --{option}={}\n", quote(value));
            }
        }
        script += &format!(
            "
{program} sweep {grid} --out {out} --jobs 1 &
trap 'kill -TERM $!' TERM
wait $!; status=$?
[ $status -gt 128 ] && {{ wait $!; status=$?; }}
if [ $status -eq 75 ] && [ \"${{SLURM_RESTART_COUNT:-0}}\" -lt {REQUEUES} ]; then
    scontrol requeue \"${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}\"
fi
exit $status
"
        );
        script
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_cells_share_a_task() {
        assert_eq!(tasks(20, 2), 8);
        assert_eq!(tasks(3, 2), 3);
        assert_eq!(tasks(0, 2), 1);
    }

    #[test]
    fn names_in_the_script_are_quoted() {
        let job = Job {
            program: Path::new("/opt/ctui"),
            grid: Path::new("my $(grid).toml"),
            out: Path::new("out"),
            tasks: 8,
            memory: 300,
            time: Some("00:10:00"),
            partition: None,
        };
        let script = job.script();
        assert!(script.contains("#SBATCH --array=0-7\n"));
        assert!(
            script.contains("sweep 'my $(grid).toml' --out out"),
            "{script}"
        );
        assert!(script.contains("--time=00:10:00") && !script.contains("--partition"));
    }
}
