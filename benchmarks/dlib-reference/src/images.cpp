#include "images.h"

#include <dlib/image_io.h>

#include <fstream>
#include <stdexcept>

namespace
{
    bool is_ppm(const std::string& path)
    {
        return path.size() > 4 && path.compare(path.size() - 4, 4, ".ppm") == 0;
    }

    frat::image read_ppm(const std::string& path)
    {
        std::ifstream in(path, std::ios::binary);
        std::string magic;
        long width = 0, height = 0, largest = 0;
        if (!(in >> magic >> width >> height >> largest) || magic != "P6" || width < 1 || height < 1 || largest != 255)
            throw std::runtime_error(path + " is not a binary PPM of 8 bits without comments");
        in.get();

        std::vector<unsigned char> row(width * 3);
        frat::image pixels(height, width);
        for (long y = 0; y < height; ++y)
        {
            if (!in.read(reinterpret_cast<char*>(row.data()), row.size()))
                throw std::runtime_error(path + " ends before its last pixel");
            for (long x = 0; x < width; ++x)
                pixels(y, x) = dlib::rgb_pixel(row[x * 3], row[x * 3 + 1], row[x * 3 + 2]);
        }
        return pixels;
    }
}

namespace frat
{
    image read_image(const std::string& path)
    {
        if (is_ppm(path))
            return read_ppm(path);
        image pixels;
        dlib::load_image(pixels, path);
        return pixels;
    }

    std::uint64_t hash(const image& pixels)
    {
        std::uint64_t value = 0xcbf29ce484222325ULL;
        const auto add = [&value](unsigned char byte) { value = (value ^ byte) * 0x100000001b3ULL; };
        for (const long side : {pixels.nc(), pixels.nr()})
        {
            for (int shift = 0; shift < 32; shift += 8)
                add(static_cast<unsigned char>(side >> shift));
        }
        for (long y = 0; y < pixels.nr(); ++y)
        {
            for (long x = 0; x < pixels.nc(); ++x)
            {
                const dlib::rgb_pixel& pixel = pixels(y, x);
                add(pixel.red);
                add(pixel.green);
                add(pixel.blue);
            }
        }
        return value;
    }
}
