// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/dataset_writer.h"

#include <algorithm>
#include <iterator>

namespace synthv1 {

RecordStyle style_of(DatasetLayout layout) {
  return layout == DatasetLayout::object ? RecordStyle::lines : RecordStyle::one_line;
}

Result<DatasetWriter> DatasetWriter::open(Files& files, const std::string& path, DatasetLayout layout) {
  auto file = files.open_output(path);
  if (!file) return std::unexpected(std::move(file.error()));
  return DatasetWriter(std::move(*file), layout);
}

Result<void> DatasetWriter::append(std::string_view text) {
  bytes_ += text.size();
  return file_->append(text);
}

Result<void> DatasetWriter::add(std::string_view record) {
  check(layout_ != DatasetLayout::object || count_ == 0, "one object holds one record");
  const std::string_view before = layout_ != DatasetLayout::array ? "" : count_ == 0 ? "[\n" : ",\n";
  const std::string_view after = layout_ == DatasetLayout::lines ? "\n" : "";
  for (const std::string_view text : {before, record, after}) {
    if (auto done = append(text); !done) return done;
  }
  ++count_;
  if (layout_ == DatasetLayout::lines) note_end();
  return {};
}

void DatasetWriter::note_end() {
  ends_.push_back(bytes_);
  while (ends_.size() > 1 && ends_[1] <= file_->reached()) {
    ends_.pop_front();
    ++settled_;
  }
}

Result<std::uint64_t> DatasetWriter::commit_whole() {
  const auto beyond = std::upper_bound(ends_.begin(), ends_.end(), file_->reached());
  if (beyond == ends_.begin()) return 0;
  if (auto done = file_->commit_front(*std::prev(beyond)); !done) return std::unexpected(done.error());
  return settled_ + static_cast<std::uint64_t>(beyond - ends_.begin());
}

Result<void> DatasetWriter::commit() {
  if (layout_ != DatasetLayout::lines) {
    const std::string_view end = layout_ == DatasetLayout::object ? "\n" : count_ == 0 ? "[]\n" : "\n]\n";
    if (auto done = append(end); !done) return done;
  }
  return file_->commit();
}

}  // namespace synthv1
