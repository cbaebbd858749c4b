// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace synthv1::test {

/// An empty folder, gone with everything in it afterwards.
class TemporaryFolder {
 public:
  /// In memory where there is such a place, for tests that sync a thousand times.
  enum class Place { disk, memory };

  explicit TemporaryFolder(Place place = Place::disk) {
    const std::filesystem::path memory = "/dev/shm";
    const bool there = place == Place::memory && std::filesystem::is_directory(memory);
    std::string name =
        ((there ? memory : std::filesystem::temp_directory_path()) / "synthv1-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string path(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace synthv1::test
