// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <nanobind/nanobind.h>

namespace synthv1::python {

/// What a failed call returns: its kind and its message. Python makes the exception of it.
nanobind::tuple failure(const Error& error);

/// Adds Run and what starts one: generate or evaluate.
void add_runs(nanobind::module_& module);
/// Adds parse, parse_file and find_lines: what reads a dataset file.
void add_records(nanobind::module_& module);
/// Adds validate.
void add_validate(nanobind::module_& module);
/// Adds score and reward.
void add_scoring(nanobind::module_& module);
/// Adds stats.
void add_statistics(nanobind::module_& module);

}  // namespace synthv1::python
