//! Several models side by side, as one.

use super::{Architecture, Mlp, architecture::Layer};

impl Mlp {
    /// The deep ensemble of `members`: one network in which they lie side by side, with no weight from
    /// one to another, and whose probabilities are the mean of theirs. `None` if there is none, or
    /// they differ in their widths or activation.
    pub fn ensemble(members: &[Self]) -> Option<Self> {
        let (first, others) = members.split_first()?;
        let alike = |other: &Self| {
            other.architecture() == first.architecture()
                && other.activation() == first.activation()
                && other.members() == 1
        };
        if others.is_empty() || !others.iter().all(alike) {
            return others.is_empty().then(|| first.clone());
        }
        let count = members.len();
        let narrow = first.architecture();
        let wide = Architecture {
            inputs: narrow.inputs,
            hidden: narrow.hidden.iter().map(|width| width * count).collect(),
            outputs: narrow.outputs * count,
        };
        let mut parameters = vec![0.0; wide.parameters()];
        let layers = narrow.layers().into_iter().zip(wide.layers());
        for (position, (from, to)) in layers.enumerate() {
            for (member, model) in members.iter().enumerate() {
                let column = if position == 0 {
                    0
                } else {
                    member * from.inputs
                };
                place(
                    &model.parameters,
                    &from,
                    &mut parameters,
                    &to,
                    member,
                    column,
                );
            }
        }
        let joined = Self::from_parameters(wide, parameters)?;
        joined
            .with_activation(first.activation())
            .with_members(count)
    }
}

/// Copies a member's layer into its block of the joint one, whose first input is `column`.
fn place(
    weights: &[f32],
    from: &Layer,
    into: &mut [f32],
    to: &Layer,
    member: usize,
    column: usize,
) {
    let first = member * from.outputs;
    let rows = weights[from.weight.clone()].chunks_exact(from.inputs.max(1));
    for (row, values) in rows.enumerate() {
        let start = to.weight.start + (first + row) * to.inputs + column;
        into[start..start + from.inputs].copy_from_slice(values);
    }
    let start = to.bias.start + first;
    into[start..start + from.outputs].copy_from_slice(&weights[from.bias.clone()]);
}
