//! Which share of the cells a process runs, when several run one sweep.

use super::SweepError;

/// Share `index` of `count` shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Position of the share, from 0.
    pub index: usize,
    /// Number of shares, at least 1.
    pub count: usize,
}

impl Shard {
    /// The whole sweep.
    pub const ALL: Self = Self { index: 0, count: 1 };

    /// Reads `i/n`, where `i` runs from 0 to `n − 1`.
    ///
    /// # Errors
    /// [`SweepError::Shard`] for anything else.
    pub fn parse(text: &str) -> Result<Self, SweepError> {
        let refuse = || {
            SweepError::Shard(format!(
                "--shard {text}: it takes i/n with i from 0 to n − 1, such as 0/4, 1/4, 2/4 and 3/4"
            ))
        };
        let (index, count) = text.split_once('/').ok_or_else(refuse)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| refuse());
        let shard = Self {
            index: number(index)?,
            count: number(count)?,
        };
        match shard.index < shard.count {
            true => Ok(shard),
            false => Err(refuse()),
        }
    }

    /// The share that the launcher of this process has given it, by the environment that `variable`
    /// reads: tasks of Slurm's job arrays, of `srun`, of both, or ranks of Open MPI's `mpirun`. All
    /// cells if there is no launcher.
    ///
    /// # Errors
    /// [`SweepError::Shard`] if the launcher's numbers make no sense.
    pub fn of_launcher(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SweepError> {
        let number = |name: &str| match variable(name) {
            None => Ok(None),
            Some(text) => text.trim().parse::<usize>().map(Some).map_err(|_| {
                SweepError::Shard(format!("{name}={text}: it should be a number; see --shard"))
            }),
        };
        let pair = |index: &str, count: &str| match (number(index)?, number(count)?) {
            (Some(index), Some(count)) if index < count => Ok(Some(Self { index, count })),
            (Some(i), Some(n)) => Err(SweepError::Shard(format!(
                "{index}={i} is not below {count}={n}; see --shard"
            ))),
            _ => Ok(None),
        };
        if let Some(rank) = pair("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE")? {
            return Ok(rank);
        }
        let process = pair("SLURM_PROCID", "SLURM_NTASKS")?.unwrap_or(Self::ALL);
        let array = match (
            number("SLURM_ARRAY_TASK_ID")?,
            number("SLURM_ARRAY_TASK_COUNT")?,
        ) {
            (Some(id), Some(count)) => {
                let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
                let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
                Self::within(id.saturating_sub(first) / step, count)?
            }
            _ => Self::ALL,
        };
        Ok(Self {
            index: array.index * process.count + process.index,
            count: array.count * process.count,
        })
    }

    fn within(index: usize, count: usize) -> Result<Self, SweepError> {
        match index < count && count <= usize::from(u16::MAX) * 1000 {
            true => Ok(Self { index, count }),
            false => Err(SweepError::Shard(format!(
                "task {index} of {count}: the job array has gaps; see --shard"
            ))),
        }
    }

    /// Whether the cell at `position` belongs to this share.
    pub fn has(self, position: usize) -> bool {
        position % self.count == self.index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launched(variables: &[(&str, &str)]) -> Result<Shard, SweepError> {
        Shard::of_launcher(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn shares_are_counted_from_0() {
        let last = Shard { index: 2, count: 3 };
        assert_eq!(Shard::parse("2/3").unwrap(), last);
        for wrong in ["3/3", "0/0", "1", "a/2", "-1/2", ""] {
            assert!(Shard::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_cell_belongs_to_one_share() {
        for position in 0..20 {
            let owners = (0..3).filter(|&index| Shard { index, count: 3 }.has(position));
            assert_eq!(owners.count(), 1);
        }
    }

    #[test]
    fn launchers_say_which_share_is_ours() {
        assert_eq!(launched(&[]).unwrap(), Shard::ALL);
        let shard = |index, count| Shard { index, count };
        let srun = [("SLURM_PROCID", "1"), ("SLURM_NTASKS", "4")];
        assert_eq!(launched(&srun).unwrap(), shard(1, 4));
        let array = [
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            ("SLURM_ARRAY_TASK_MIN", "1"),
            ("SLURM_ARRAY_TASK_STEP", "3"),
        ];
        assert_eq!(launched(&array).unwrap(), shard(2, 3));
        let both: Vec<_> = array.into_iter().chain(srun).collect();
        assert_eq!(launched(&both).unwrap(), shard(9, 12));
        let mpi = [("OMPI_COMM_WORLD_RANK", "0"), ("OMPI_COMM_WORLD_SIZE", "2")];
        assert_eq!(launched(&mpi).unwrap(), shard(0, 2));
        assert!(launched(&[("SLURM_PROCID", "4"), ("SLURM_NTASKS", "4")]).is_err());
        assert!(launched(&[("SLURM_PROCID", "x"), ("SLURM_NTASKS", "4")]).is_err());
    }
}
