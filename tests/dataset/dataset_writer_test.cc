// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/dataset_writer.h"

#include "tests/support/memory_files.h"

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

/// The file that these records make; what went wrong in its place.
std::string written(DatasetLayout layout, const std::vector<std::string>& records) {
  MemoryFiles files;
  DatasetWriter writer = DatasetWriter::open(files, "x", layout).value();
  for (const std::string& record : records) EXPECT_TRUE(writer.add(record));
  EXPECT_TRUE(files.texts.empty());
  EXPECT_TRUE(writer.commit());
  EXPECT_EQ(writer.bytes(), files.texts.at("x").size());
  return files.texts.at("x");
}

TEST(DatasetWriter, ARecordALine) {
  EXPECT_EQ(written(DatasetLayout::lines, {}), "");
  EXPECT_EQ(written(DatasetLayout::lines, {"{1}"}), "{1}\n");
  EXPECT_EQ(written(DatasetLayout::lines, {"{1}", "{2}"}), "{1}\n{2}\n");
}

TEST(DatasetWriter, AnArray) {
  EXPECT_EQ(written(DatasetLayout::array, {}), "[]\n");
  EXPECT_EQ(written(DatasetLayout::array, {"{1}"}), "[\n{1}\n]\n");
  EXPECT_EQ(written(DatasetLayout::array, {"{1}", "{2}"}), "[\n{1},\n{2}\n]\n");
}

TEST(DatasetWriter, AnObject) {
  EXPECT_EQ(written(DatasetLayout::object, {"{\n1\n}"}), "{\n1\n}\n");
  MemoryFiles files;
  DatasetWriter writer = DatasetWriter::open(files, "x", DatasetLayout::object).value();
  EXPECT_TRUE(writer.add("{}"));
  EXPECT_THROW(static_cast<void>(writer.add("{}")), BrokenInvariant);
}

TEST(DatasetWriter, StylesOfLayouts) {
  EXPECT_EQ(style_of(DatasetLayout::object), RecordStyle::lines);
  EXPECT_EQ(style_of(DatasetLayout::array), RecordStyle::one_line);
  EXPECT_EQ(style_of(DatasetLayout::lines), RecordStyle::one_line);
}

TEST(DatasetWriter, EveryFailureIsSaidAndLeavesNoFile) {
  for (std::size_t fail_at = 0;; ++fail_at) {
    MemoryFiles files;
    files.fail_at = fail_at;
    const Result<void> done = [&]() -> Result<void> {
      auto writer = DatasetWriter::open(files, "x", DatasetLayout::array);
      if (!writer) return std::unexpected(writer.error());
      for (const char* record : {"{1}", "{2}"}) {
        if (auto added = writer->add(record); !added) return added;
      }
      return writer->commit();
    }();
    if (files.operations <= fail_at) break;
    ASSERT_FALSE(done) << fail_at;
    EXPECT_EQ(done.error().kind, ErrorKind::disk);
    EXPECT_TRUE(files.texts.empty());
  }
}

}  // namespace
}  // namespace synthv1::test
