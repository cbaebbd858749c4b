// SPDX-License-Identifier: Apache-2.0
// Compiles the default catalogue: compile_catalogue TABLES SOURCES FILE.toml... Runs when the project is
// built.
#include "synthv1/catalogue/archive.h"
#include "synthv1/catalogue/catalogue.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace {

std::string slurp(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool spill(const char* path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  return static_cast<bool>(out.flush());
}

/// "catalogue/en/dining.toml": what error messages call the file.
std::string short_name(const std::filesystem::path& path) {
  std::string name;
  for (const auto& part : path) {
    name = part == "catalogue" ? part.string() : name.empty() ? "" : name + "/" + part.string();
  }
  return name;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  std::vector<synthv1::CatalogueSource> sources;
  std::string packed;
  for (int i = 3; i < argc; ++i) {
    sources.push_back({.name = short_name(argv[i]), .text = slurp(argv[i])});
    packed += sources.back().name + '\0' + sources.back().text + '\0';
  }
  auto catalogue = synthv1::read_catalogue(sources);
  if (!catalogue) {
    fmt::print(stderr, "{}\n", catalogue.error().message);
    return 1;
  }
  catalogue->hash.clear();
  return spill(argv[1], synthv1::pack_catalogue(*catalogue)) && spill(argv[2], packed) ? 0 : 1;
}
