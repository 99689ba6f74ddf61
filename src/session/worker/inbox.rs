//! Listening: what arrives, in which order, and how long to wait for it.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, TryRecvError, select};

use super::Worker;
use crate::{
    recipe::Controls,
    session::{Command, Status, View},
};

/// The receiving ends of a session.
pub(in crate::session) struct Inbox {
    pub(in crate::session) orders: Receiver<Command>,
    pub(in crate::session) controls: Receiver<Vec<(String, Controls)>>,
    pub(in crate::session) view: Receiver<View>,
}

/// How long nothing may happen before the measurements that take longer are made for the epoch that
/// training rests at.
const IDLE: Duration = Duration::from_millis(150);

/// Whether the worker goes on.
#[derive(PartialEq)]
pub(super) enum Next {
    Go,
    Stop,
}

impl Worker {
    /// Takes what has arrived: at once while training runs, apart from its delay; waiting for it
    /// otherwise.
    pub(super) fn listen(&mut self) -> Next {
        let until = match self.status {
            _ if self.sought.is_some() || self.is_fitting() => Some(Instant::now()),
            Status::Running => Some(Instant::now() + self.delay.saturating_sub(self.epoch_time)),
            _ if !self.broken && self.probe.is_behind(self.run.epoch()) => {
                return self.listen_until_idle();
            }
            _ => None,
        };
        loop {
            let wait = until.map(|until| until.saturating_duration_since(Instant::now()));
            let timer = match wait {
                Some(wait) => crossbeam_channel::after(wait),
                None => crossbeam_channel::never(),
            };
            let heard = select! {
                recv(self.inbox.controls) -> controls => controls.map(Command::Set).ok(),
                recv(self.inbox.view) -> view => view.map(Command::Look).ok(),
                recv(self.inbox.orders) -> order => Some(order.unwrap_or(Command::Stop)),
                recv(timer) -> _ => return self.drain(),
            };
            let Some(command) = heard else {
                return Next::Stop;
            };
            if self.obey(command) == Next::Stop {
                return Next::Stop;
            }
            if until.is_none() {
                return self.drain();
            }
        }
    }

    /// Takes what arrives soon; if nothing does, makes the measurements that were put off.
    fn listen_until_idle(&mut self) -> Next {
        let mut select = Select::new();
        select.recv(&self.inbox.controls);
        select.recv(&self.inbox.view);
        select.recv(&self.inbox.orders);
        if select.ready_timeout(IDLE).is_err() {
            self.probe.measure(&self.run, false);
            self.publish();
        }
        self.drain()
    }

    /// Takes what has arrived without waiting; controls before orders, so that a change sent before
    /// a step holds for it.
    fn drain(&mut self) -> Next {
        loop {
            let heard = (self.inbox.controls.try_recv().map(Command::Set))
                .or_else(|_| self.inbox.view.try_recv().map(Command::Look))
                .or_else(|_| self.inbox.orders.try_recv());
            match heard {
                Err(TryRecvError::Disconnected) => return Next::Stop,
                Ok(command) => {
                    if self.obey(command) == Next::Stop {
                        return Next::Stop;
                    }
                }
                Err(TryRecvError::Empty) => return Next::Go,
            }
        }
    }
}
