// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace synthv1::test {

/// Files in memory, of which any operation can be made to fail. Not thread-safe.
class MemoryFiles : public Files {
 public:
  std::map<std::string, std::string> texts;  ///< by path; an output is there from its commit on
  std::size_t piece = 1'000'000;             ///< the most bytes that one read gives
  std::optional<std::size_t> fail_at;        ///< the operation that fails, counted from 0 over all files
  std::size_t operations = 0;                ///< done or failed so far
  bool keeps_failing = false;                ///< whether commits fail; commit_front() does not

  Result<std::unique_ptr<InputFile>> open_input(const std::string& path) override {
    if (auto done = step("open " + path); !done) return std::unexpected(done.error());
    if (!texts.contains(path)) return fail(ErrorKind::usage, path + ": no such file");
    return std::make_unique<Input>(*this, texts.at(path));
  }
  Result<std::unique_ptr<OutputFile>> open_output(const std::string& path) override {
    if (auto done = step("create " + path); !done) return std::unexpected(done.error());
    return std::make_unique<Output>(*this, path);
  }
  Result<std::unique_ptr<AppendFile>> open_append(const std::string& path) override {
    if (auto done = step("open " + path); !done) return std::unexpected(done.error());
    return std::make_unique<Append>(*this, path);
  }
  Result<void> replace(const std::string& path, std::string_view text) override {
    if (auto done = step("replace " + path); !done) return done;
    texts[path] = text;
    return {};
  }
  Result<void> check_writable(const std::string& path) override { return step("check " + path); }
  Result<void> remove(const std::string& path) override {
    if (auto done = step("remove " + path); !done) return done;
    texts.erase(path);
    return {};
  }

 private:
  class Input : public InputFile {
   public:
    Input(MemoryFiles& files, std::string text) : files_(files), text_(std::move(text)) {}
    Result<std::size_t> read(std::span<char> buffer) override {
      if (auto done = files_.step("read"); !done) return std::unexpected(done.error());
      const std::size_t size = std::min({buffer.size(), files_.piece, text_.size() - at_});
      std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), size, buffer.begin());
      at_ += size;
      return size;
    }

   private:
    MemoryFiles& files_;
    std::string text_;
    std::size_t at_ = 0;
  };

  class Output : public OutputFile {
   public:
    Output(MemoryFiles& files, std::string path) : files_(files), path_(std::move(path)) {}
    Result<void> append(std::string_view bytes) override {
      if (auto done = files_.step("append to " + path_); !done) return done;
      text_ += bytes;
      return {};
    }
    Result<void> commit() override {
      if (files_.keeps_failing) return fail(ErrorKind::disk, "commit " + path_ + ": disk full");
      return commit_front(text_.size());
    }
    Result<std::string> redirect(const std::string& path) override { return path_ = path; }
    std::uint64_t reached() const override { return text_.size(); }
    Result<void> commit_front(std::uint64_t size) override {
      if (auto done = files_.step("commit " + path_); !done) return done;
      files_.texts[path_] = text_.substr(0, size);
      return {};
    }

   private:
    MemoryFiles& files_;
    std::string path_;
    std::string text_;
  };

  class Append : public AppendFile {
   public:
    Append(MemoryFiles& files, std::string path) : files_(files), path_(std::move(path)) {}
    Result<void> append(std::string_view bytes) override {
      if (auto done = files_.step("append to " + path_); !done) return done;
      files_.texts[path_] += bytes;
      return {};
    }

   private:
    MemoryFiles& files_;
    std::string path_;
  };

  Result<void> step(const std::string& what) {
    if (operations++ != fail_at) return {};
    return fail(ErrorKind::disk, what + ": disk full");
  }
};

}  // namespace synthv1::test
