# SPDX-License-Identifier: Apache-2.0
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_path(UTF8PROC_INCLUDE utf8proc.h REQUIRED)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)

add_library(utf8proc INTERFACE)
target_include_directories(utf8proc SYSTEM INTERFACE ${UTF8PROC_INCLUDE})
target_link_libraries(utf8proc INTERFACE ${UTF8PROC_LIBRARY})

# Linked before the C library, whose allocator it replaces (docs/decisions/0005); a sanitizer brings its own.
add_library(allocator INTERFACE)
find_library(MIMALLOC_LIBRARY mimalloc)
if(MIMALLOC_LIBRARY AND NOT SYNTHV1_SANITIZE AND NOT APPLE)
  target_link_libraries(allocator INTERFACE ${MIMALLOC_LIBRARY})
endif()

# Asio and Beast are compiled once (src/synthv1/net/boost.cc), not in every file that includes them.
add_library(boost_net INTERFACE)
target_compile_definitions(boost_net INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
                                               BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(boost_net INTERFACE Boost::headers OpenSSL::SSL Threads::Threads)
