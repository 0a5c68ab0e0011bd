//! Reads the form of a request back into the object that the contract describes.

use axum::body::Bytes;
use serde_json::{Map, Value};

use super::schema::{Contract, short};

/// Reads a form by its schema: repeated parts become lists, files and texts become texts, numbers and flags what the
/// schema calls them. JSON inside of a text is read and checked.
pub(super) async fn read(
    contract: &Contract,
    schema: &Value,
    content_type: &str,
    body: Bytes,
    faults: &mut Vec<String>,
) -> Value {
    let form = contract.resolve(schema);
    let boundary = multer::parse_boundary(content_type).unwrap();
    let once = futures_util::stream::once(async { Ok::<_, std::io::Error>(body) });
    let mut parts = multer::Multipart::new(once, boundary);
    let mut fields = Map::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let name = part.name().unwrap().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.unwrap();
        let Some(field) = form["properties"].get(&name) else {
            // Where any field goes, nothing is known about this one.
            if form["additionalProperties"] != true {
                faults.push(format!("body/{name}: a part that is not declared"));
            }
            continue;
        };
        let field = contract.resolve(field);
        let many = field["type"] == "array";
        let one = if many {
            contract.resolve(&field["items"])
        } else {
            field
        };
        if is_file != (one["format"] == "binary") {
            faults.push(format!("body/{name}: a file and a text are confused"));
        }
        let value = if is_file {
            "(a file)".into()
        } else {
            text(contract, one, &name, &bytes, faults)
        };
        if many {
            let list = fields.entry(name).or_insert_with(|| Value::Array(vec![]));
            list.as_array_mut().unwrap().push(value);
        } else if fields.insert(name.clone(), value).is_some() {
            faults.push(format!("body/{name}: came twice"));
        }
    }
    Value::Object(fields)
}

fn text(
    contract: &Contract,
    schema: &Value,
    name: &str,
    bytes: &[u8],
    faults: &mut Vec<String>,
) -> Value {
    let Ok(text) = std::str::from_utf8(bytes) else {
        faults.push(format!("body/{name}: not UTF-8"));
        return Value::Null;
    };
    if schema["contentMediaType"] == "application/json" {
        match serde_json::from_str(text) {
            Ok(value) => {
                let place = format!("body/{name} (JSON inside)");
                contract.check(&schema["contentSchema"], &value, &place, faults);
            }
            Err(error) => {
                let text = short(text, 160);
                faults.push(format!("body/{name}: {error}, being {text}"));
            }
        }
        return text.into();
    }
    contract.coerce(schema, text)
}
