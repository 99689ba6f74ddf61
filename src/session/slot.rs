//! A slot for one value, where a newer one replaces an older one that nobody took.

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

/// The putting end.
#[derive(Clone)]
pub struct Slot<T> {
    sender: Sender<T>,
    overwritten: Receiver<T>,
}

/// A slot's two ends. Putting never waits; taking waits only if the receiver is asked to.
pub fn slot<T>() -> (Slot<T>, Receiver<T>) {
    let (sender, receiver) = bounded(1);
    let slot = Slot {
        sender,
        overwritten: receiver.clone(),
    };
    (slot, receiver)
}

impl<T> Slot<T> {
    /// Puts `value` in, in place of what is there.
    pub fn put(&self, value: T) {
        let mut value = value;
        while let Err(TrySendError::Full(returned)) = self.sender.try_send(value) {
            let _ = self.overwritten.try_recv();
            value = returned;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_wins() {
        let (slot, receiver) = slot();
        for value in 0..100 {
            slot.put(value);
        }
        assert_eq!(receiver.try_recv(), Ok(99));
        assert!(receiver.try_recv().is_err());
    }
}
