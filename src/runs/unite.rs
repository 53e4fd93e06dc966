//! What two readings know of one entity becomes one, whatever came first.

use std::collections::BTreeMap;

use crate::model::{Entity, EntityId, Office};

/// Adds what is known of an entity. What the gazetteer tells counts before what a text told; of two
/// texts all offices and names count. The order of additions does not matter.
pub(super) fn unite(entities: &mut BTreeMap<EntityId, Entity>, entity: Entity) {
    match entities.remove(&entity.id) {
        None => entities.insert(entity.id.clone(), entity),
        Some(known) if known == entity => entities.insert(entity.id.clone(), entity),
        Some(known) => entities.insert(entity.id.clone(), of_two(known, entity)),
    };
}

/// What is known of each of `entities`.
pub(super) fn united(entities: impl IntoIterator<Item = Entity>) -> BTreeMap<EntityId, Entity> {
    let mut known = BTreeMap::new();
    for entity in entities {
        unite(&mut known, entity);
    }
    known
}

fn of_two(a: Entity, b: Entity) -> Entity {
    match (a.discovered, b.discovered) {
        (false, true) => return a,
        (true, false) => return b,
        _ => {}
    }
    let (mut first, second) =
        if (&a.name, &a.state) <= (&b.name, &b.state) { (a, b) } else { (b, a) };
    for alias in [second.name].into_iter().chain(second.aliases) {
        if alias != first.name && !first.aliases.contains(&alias) {
            first.aliases.push(alias);
        }
    }
    let sorted_by_office =
        |office: &Office| (office.from, office.title.clone(), office.holder.clone(), office.to);
    first.offices.extend(second.offices);
    first.offices.sort_by_key(sorted_by_office);
    first.offices.dedup();
    if first.discovered {
        first.aliases.sort();
    }
    for id in second.parents {
        if !first.parents.contains(&id) {
            first.parents.push(id);
        }
    }
    Entity {
        state: first.state.or(second.state),
        subtype: first.subtype.or(second.subtype),
        iso2: first.iso2.or(second.iso2),
        wikidata: first.wikidata.or(second.wikidata),
        gender: first.gender.or(second.gender),
        ..first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_readings_does_not_matter() {
        let person = |title: &str, alias: &str| {
            let mut entity = Entity::bare("person:a".parse().unwrap(), "A");
            entity.discovered = true;
            entity.aliases = vec![alias.to_owned()];
            entity.offices = vec![Office {
                title: title.to_owned(),
                holder: "state:RUS".parse().unwrap(),
                from: None,
                to: None,
            }];
            entity
        };
        let all = [person("Envoy", "x"), person("Minister", "w"), person("Envoy", "y")];
        let unite_all = |order: [usize; 3]| united(order.map(|n| all[n].clone()));
        let expected = unite_all([0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(unite_all(order), expected);
        }
        let entity = expected.values().next().unwrap();
        assert_eq!((entity.aliases.len(), entity.offices.len()), (3, 2));
    }
}
