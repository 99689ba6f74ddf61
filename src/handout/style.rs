//! Colours of the page, and how screens and paper are laid out.

/// Colours by meaning: red, green, blue.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Colours {
    pub ground: [u8; 3],
    pub text: [u8; 3],
    pub faint: [u8; 3],
    pub border: [u8; 3],
    pub accent: [u8; 3],
    pub good: [u8; 3],
    pub bad: [u8; 3],
    pub line: [u8; 3],
    pub path: [u8; 3],
    pub mature: [u8; 3],
    pub arms: [[u8; 3]; 4],
    pub terms: [[u8; 3]; 5],
    pub classes: [[u8; 3]; 10],
}

const LAYOUT: &str = "\
html { color-scheme: light dark; }
body { margin: 0 auto; max-width: 66rem; padding: 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .3rem 0 .6rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; padding-top: .6rem; border-top: 1px solid var(--border); }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
p, ul, dl { margin: .4rem 0; }
small, .faint, caption, figcaption { color: var(--faint); }
figure { margin: 0; }
figcaption { font-size: .9rem; margin-top: .2rem; }
svg { display: block; width: 100%; height: auto; max-width: 34rem; }
.side { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
.facts dt { color: var(--faint); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .4rem 0; }
caption { text-align: left; padding-bottom: .3rem; }
th, td { padding: .25rem .7rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--border); }
thead th, .number { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 600; }
td small, tbody th small { display: block; font-weight: 400; white-space: normal; }
section section table { min-width: min(100%, 24rem); }
.notes { padding-left: 1.2rem; font-size: .9rem; color: var(--faint); }
th.group { padding-top: .9rem; color: var(--faint); font-weight: 400; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; padding: .6rem; border: 1px solid var(--border); }
code { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: .9em; }
.square { max-width: 15rem; }
@media (max-width: 30rem) { body { padding: .7rem; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .4rem; } }
@page { size: A4; margin: 15mm; }
@media print {
  :root { --ground: #ffffff; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.4; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, pre, .key, .square { break-inside: avoid; }
  .side { grid-template-columns: 1fr 1fr; }
  .wide { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
";

/// The style sheet: `light` also on paper, `dark` on screens that are dark.
pub(super) fn sheet([light, dark]: &[Colours; 2]) -> String {
    format!(
        ":root {{ {} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {} }} }}\n{LAYOUT}",
        light.names(),
        dark.names()
    )
}

/// The name of a class' colour; later classes start over.
pub(super) fn class(class: usize) -> String {
    format!("var(--class-{})", class % 10)
}

/// The name of an arm's colour.
pub(super) fn arm(arm: usize) -> String {
    format!("var(--arm-{})", arm % 4)
}

/// The name of a loss term's colour.
pub(super) fn term(term: usize) -> String {
    format!("var(--term-{})", term % 5)
}

impl Colours {
    /// All colours under the names that the page has for them.
    fn names(&self) -> String {
        let single = [
            ("ground", self.ground),
            ("text", self.text),
            ("faint", self.faint),
            ("border", self.border),
            ("accent", self.accent),
            ("good", self.good),
            ("bad", self.bad),
            ("line", self.line),
            ("path", self.path),
            ("mature", self.mature),
        ];
        let single = single.map(|(name, colour)| (name.to_owned(), colour));
        let numbered = |name: &'static str, colours: &[[u8; 3]]| -> Vec<(String, [u8; 3])> {
            let colours = colours.iter().enumerate();
            colours
                .map(|(index, &colour)| (format!("{name}-{index}"), colour))
                .collect()
        };
        let all = single
            .into_iter()
            .chain(numbered("arm", &self.arms))
            .chain(numbered("term", &self.terms))
            .chain(numbered("class", &self.classes));
        let named = all.map(|(name, [r, g, b])| format!("--{name}: #{r:02x}{g:02x}{b:02x};"));
        named.collect::<Vec<_>>().join(" ")
    }
}
