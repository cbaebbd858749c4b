// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"
#include "native/parts.h"
#include "synthv1/commands/validate.h"

#include <optional>
#include <vector>

#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace synthv1::python {

namespace {

/// Keeps what it hears as rows for Python.
class Findings final : public ValidateListener {
 public:
  struct Row {
    RecordPlace place;
    Fault fault;
  };
  void fault(const RecordPlace& place, const Fault& fault) override { faults.push_back({place, fault}); }
  void note(const RecordPlace& place, const std::string& text) override {
    notes.push_back({place, {.kind = {}, .field = {}, .reason = text}});
  }

  std::vector<Row> faults, notes;
};

nb::str text(std::string_view text) { return nb::str(text.data(), text.size()); }

nb::list fault_rows(const std::vector<Findings::Row>& rows) {
  nb::list list;
  for (const auto& [place, fault] : rows) {
    list.append(nb::make_tuple(place.index, text(place.task_id), text(name_of(fault.kind)), text(fault.field),
                               text(fault.reason), text(describe(place, fault))));
  }
  return list;
}

nb::list note_rows(const std::vector<Findings::Row>& rows) {
  nb::list list;
  for (const auto& [place, note] : rows) list.append(text(describe(place, note)));
  return list;
}

Result<ValidateSummary> run(const std::string& path, const std::string& catalog, std::uint64_t most,
                            Findings& findings) {
  const nb::gil_scoped_release unlocked;
  const auto catalogue = cli::open_catalogue(catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  return validate(std::vector{path}, catalogue->get(), files, findings, {.faults_per_kind = most});
}

/// (records, number of faults, faults, notes), or why the file cannot be read.
nb::object validate_file(const std::string& path, const std::string& catalog, std::uint64_t most) {
  Findings findings;
  const auto summary = run(path, catalog, most, findings);
  if (!summary) return failure(summary.error());
  return nb::make_tuple(summary->counts.records, summary->num_faults(), fault_rows(findings.faults),
                        note_rows(findings.notes));
}

}  // namespace

void add_validate(nb::module_& module) {
  module.def("validate", &validate_file, "path"_a, "catalog"_a, "faults_per_kind"_a);
}

}  // namespace synthv1::python
