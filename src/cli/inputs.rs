//! Arguments that say how inputs are to be read.

use std::sync::Arc;

use clap::ValueEnum;

use crate::model::DateOrder;
use crate::source::{FieldMap, Options, SourceError};

use super::terminal;

/// How inputs are read, where they do not tell it themselves.
#[derive(Debug, Default, clap::Args)]
pub(super) struct InputArguments {
    /// Which key or column holds which field: text, title, date, url, outlet, author, id. A key
    /// inside of another is written with a full stop: text=meta.body.
    #[arg(long, value_name = "FIELD=KEY,…")]
    map: Vec<FieldMap>,
    /// Order of day and month in dates like 08/09/2024; by default each file tells its own.
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<Order>,
}

/// Order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// 8 September.
    Dmy,
    /// August 9.
    Mdy,
}

impl InputArguments {
    /// The arguments as the reading of inputs takes them.
    pub(super) fn options(&self) -> Options {
        let mut map = FieldMap::default();
        self.map.iter().cloned().for_each(|other| map.extend(other));
        let date_order = self.date_order.map(|order| match order {
            Order::Dmy => DateOrder::DayFirst,
            Order::Mdy => DateOrder::MonthFirst,
        });
        Options { map: Arc::new(map), date_order }
    }

    /// What a run's manifest says of them, name and value.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        if !self.map.is_empty() {
            let maps: Vec<String> = self.map.iter().map(ToString::to_string).collect();
            settings.push(("map".to_owned(), maps.join(",")));
        }
        if let Some(order) = self.date_order {
            let order = if order == Order::Dmy { "dmy" } else { "mdy" };
            settings.push(("date_order".to_owned(), order.to_owned()));
        }
        settings
    }
}

/// Says on standard error what was skipped, or read with a doubt.
pub(super) fn tell(error: &SourceError) {
    let what = if error.is_warning() { "warning" } else { "skipped" };
    terminal::tell(&format!("{what}: {error}"));
}
