// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <nanobind/nanobind.h>

namespace synthv1::python {

/// A JSON text as Python's own json module loads it (dict, list, str, int, float, bool, None; of a key that
/// stands twice the last value), several times as fast. A null object where it is not JSON: json::parse()
/// says why. With the interpreter's lock held, which others are let have once a megabyte.
nanobind::object load_json(std::string_view text);

}  // namespace synthv1::python
