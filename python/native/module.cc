// SPDX-License-Identifier: Apache-2.0
// The native half of the Python package; python/synthv1/_native.pyi says what it holds.
#include "native/parts.h"
#include "synthv1/base/version.h"

#include <array>
#include <string_view>

namespace nb = nanobind;

namespace synthv1::python {

nb::tuple failure(const Error& error) {
  constexpr std::array<const char*, 6> kKinds = {"faulty", "usage", "endpoint", "budget", "disk", "stopped"};
  return nb::make_tuple(nb::str(kKinds[static_cast<std::size_t>(error.kind)]),
                        nb::str(error.message.data(), error.message.size()));
}

}  // namespace synthv1::python

NB_MODULE(_native, module) {
  module.attr("__version__") = nb::str(synthv1::kVersion.data(), synthv1::kVersion.size());
  synthv1::python::add_runs(module);
  synthv1::python::add_records(module);
  synthv1::python::add_validate(module);
  synthv1::python::add_scoring(module);
  synthv1::python::add_statistics(module);
}
