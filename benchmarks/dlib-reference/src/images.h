// Images: reading them, and proving that two programs saw the same pixels.
#pragma once

#include <dlib/matrix.h>
#include <dlib/pixel.h>

#include <cstdint>
#include <string>

namespace frat
{
    using image = dlib::matrix<dlib::rgb_pixel>;

    // A JPEG or PNG file through dlib's own readers, or a binary PPM (P6, 8 bits) for pixels that another program decoded.
    image read_image(const std::string& path);

    // FNV-1a, 64 bits, over width and height as 4 bytes each, little-endian, then all pixels as R, G, B, row by row.
    std::uint64_t hash(const image& pixels);
}
