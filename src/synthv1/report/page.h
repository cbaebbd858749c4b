// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace synthv1 {

/// The page without data, as it is built from web/ and embedded.
std::string_view page_template();

/// The page with `data`, a JSON value, in it: one HTML file that fetches nothing. Each "<" of the data
/// becomes
/// \u003c, so that no text in it ends the element that holds it.
std::string render_page(std::string_view data);

}  // namespace synthv1
