// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"
#include "cli/stats_text.h"
#include "native/parts.h"
#include "native/python_json.h"
#include "synthv1/commands/stats.h"
#include "synthv1/report/statistics_json.h"

#include <string>
#include <vector>

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace synthv1::python {

namespace {

constexpr std::size_t kColumns = 100;

struct Texts {
  std::string json, table;
};

Result<Texts> statistics_of(const std::vector<std::string>& paths, const std::string& catalog) {
  const auto catalogue = cli::open_catalogue(catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const auto statistics = dataset_statistics(paths, catalogue->get(), files);
  if (!statistics) return std::unexpected(statistics.error());
  Texts texts{.table = cli::stats_text(*statistics, kColumns)};
  json::Writer writer(texts.json);
  write_statistics(writer, *statistics);
  return texts;
}

/// ({the object of `stats --json`}, the tables as text), or why the files cannot be read: (kind, message).
nb::object stats(const std::vector<std::string>& paths, const std::string& catalog) {
  const Result<Texts> texts = [&] {
    const nb::gil_scoped_release unlocked;
    return statistics_of(paths, catalog);
  }();
  if (!texts) return failure(texts.error());
  return nb::make_tuple(load_json(texts->json), nb::str(texts->table.data(), texts->table.size()));
}

}  // namespace

void add_statistics(nb::module_& module) { module.def("stats", &stats, "paths"_a, "catalog"_a); }

}  // namespace synthv1::python
