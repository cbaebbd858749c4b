// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/spool.h"

#include "synthv1/base/text.h"

#include <vector>

#include <fmt/format.h>

namespace synthv1 {

Spool::Spool(Files& files, std::string out, DatasetLayout layout, Way way, DatasetWriter writer)
    : files_(files), out_(std::move(out)), layout_(layout), way_(way), writer_(std::move(writer)) {}

Result<Spool> Spool::open(Files& files, const std::string& out, DatasetLayout layout,
                          std::uint32_t num_records) {
  const bool direct = num_records == 1 || out == "-";
  const Way way = direct ? Way::direct : layout == DatasetLayout::lines ? Way::lines : Way::gathered;
  auto writer = way == Way::gathered ? DatasetWriter::open(files, partial_of(out), DatasetLayout::lines)
                                     : DatasetWriter::open(files, out, layout);
  if (!writer) return std::unexpected(std::move(writer.error()));
  return Spool(files, out, layout, way, std::move(*writer));
}

void Spool::remove_abandoned(Files& files, const std::string& out) {
  files.remove_abandoned(out);
  files.remove_abandoned(partial_of(out));
}

Result<std::uint64_t> Spool::finish() {
  if (way_ == Way::lines) return finish_lines();
  if (auto done = writer_.commit(); !done) return std::unexpected(std::move(done.error()));
  return way_ == Way::gathered ? finish_gathered() : writer_.bytes();
}

Result<std::uint64_t> Spool::finish_lines() {
  if (auto done = writer_.commit(); !done) return std::unexpected(keep_partial(std::move(done.error())));
  if (auto removed = files_.remove(partial()); !removed) return std::unexpected(std::move(removed.error()));
  return writer_.bytes();
}

Result<std::uint64_t> Spool::finish_gathered() {
  Result<std::uint64_t> bytes = make_out();
  if (!bytes) bytes.error().message += "; every record is in " + partial();
  return bytes;
}

Result<std::uint64_t> Spool::make_out() {
  auto target = DatasetWriter::open(files_, out_, layout_);
  if (!target) return std::unexpected(std::move(target.error()));
  if (auto done = copy_records(*target); !done) return std::unexpected(std::move(done.error()));
  if (auto done = target->commit(); !done) return std::unexpected(std::move(done.error()));
  if (auto done = files_.remove(partial()); !done) return std::unexpected(std::move(done.error()));
  return target->bytes();
}

Result<void> Spool::copy_records(DatasetWriter& target) {
  auto input = files_.open_input(partial());
  if (!input) return std::unexpected(std::move(input.error()));
  std::vector<char> buffer(std::size_t{1} << 20);
  std::string line;
  while (true) {
    const auto size = (*input)->read(buffer);
    if (!size) return std::unexpected(size.error());
    if (*size == 0) return {};
    std::string_view bytes(buffer.data(), *size);
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
      line.append(bytes.substr(0, end));
      if (auto done = target.add(line); !done) return done;
      line.clear();
      bytes.remove_prefix(end + 1);
    }
    line.append(bytes);
  }
}

Error Spool::keep_partial(Error error) {
  const Result<std::string> kept = keep_whole();
  error.message += "; " + (kept ? *kept : kept.error().message);
  return error;
}

Result<std::string> Spool::keep_whole() {
  std::uint64_t records = writer_.count();
  if (way_ == Way::direct || records == 0) return std::string("no record was whole");
  std::string place = partial();
  if (way_ == Way::lines) {
    auto named = writer_.redirect(place);
    if (!named) return named;
    place = named->empty() ? out_ : *named;
  }
  if (!writer_.commit()) {
    const Result<std::uint64_t> whole = writer_.commit_whole();
    if (!whole) return std::unexpected(whole.error());
    records = *whole;
  }
  if (records == 0) return std::string("no record was whole");
  return fmt::format("{} {} in {}", counted(records, "whole record"), records == 1 ? "is" : "are", place);
}

}  // namespace synthv1
