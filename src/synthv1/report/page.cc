// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/page.h"

#include "synthv1/base/embed.h"
#include "synthv1/base/error.h"

SYNTHV1_EMBED(synthv1_report_page, SYNTHV1_REPORT_PAGE);

extern "C" const char synthv1_report_page[], synthv1_report_page_end[];

namespace synthv1 {

namespace {

constexpr std::string_view kPlace = "\"SYNTHV1_DATA\"";  ///< what the data replace

}  // namespace

std::string_view page_template() { return {synthv1_report_page, synthv1_report_page_end}; }

std::string render_page(std::string_view data) {
  const std::string_view page = page_template();
  const std::size_t place = page.find(kPlace);
  check(place != page.npos, "the page has a place for its data");
  std::string rendered(page.substr(0, place));
  rendered.reserve(page.size() + data.size() + data.size() / 8);
  for (const char c : data) {
    if (c == '<') {
      rendered += "\\u003c";
    } else {
      rendered += c;
    }
  }
  return rendered.append(page.substr(place + kPlace.size()));
}

}  // namespace synthv1
