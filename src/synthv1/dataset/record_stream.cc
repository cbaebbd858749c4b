// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/record_stream.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;

}  // namespace

RecordStream::RecordStream(std::unique_ptr<InputFile> file, std::string path)
    : file_(std::move(file)), path_(std::move(path)), piece_(kPiece) {}

Result<RecordStream> RecordStream::open(Files& files, const std::string& path) {
  auto file = files.open_input(path);
  if (!file) return std::unexpected(std::move(file.error()));
  return RecordStream(std::move(*file), path);
}

Result<std::optional<json::Record>> RecordStream::next() {
  while (true) {
    if (auto record = reader_.next()) {
      if (!*record) return fail(ErrorKind::usage, fmt::format("{}: {}", path_, record->error().describe()));
      return std::move(**record);
    }
    if (ended_) return std::nullopt;
    const Result<std::size_t> size = file_->read(piece_);
    if (!size) return std::unexpected(size.error());
    bytes_ += *size;
    ended_ = *size == 0;
    if (ended_) {
      reader_.finish();
    } else {
      reader_.feed(std::string_view(piece_.data(), *size));
    }
  }
}

}  // namespace synthv1
