// time: how long each step of dlib's pipeline takes, one JSON object a line, in milliseconds (the median of the repeats; of the
// processor's time the mean, whose clock may be coarse).
#include "commands.h"
#include "pipeline.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

#include <sys/resource.h>
#include <time.h>

// OpenBLAS's own function; another BLAS has none.
extern "C" char* openblas_get_corename() __attribute__((weak));

namespace
{
    // What the process's threads computed together, in milliseconds.
    double cpu()
    {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
    }

    // Prints the median of the time, and the mean of the processor's time.
    template <typename step>
    void measure(const char* name, unsigned long repeat, step run)
    {
        std::vector<double> samples;
        run();
        const double before = cpu();
        for (unsigned long i = 0; i < repeat; ++i)
        {
            const auto start = std::chrono::steady_clock::now();
            run();
            samples.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        const double computed = (cpu() - before) / repeat;
        std::sort(samples.begin(), samples.end());
        std::cout << ",\"" << name << "\":" << samples[samples.size() / 2] << ",\"" << name << "Cpu\":" << computed;
    }

    // The most memory that the process ever had, in KiB.
    long peak()
    {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    }
}

namespace frat
{
    void timings(const options& options)
    {
        pipeline dlib(options.models, options.cnn);
        for (const std::string& path : options.files)
        {
            const image pixels = read_image(path);
            const auto faces = dlib.detect(pixels, options.upsample);
            std::cout << "{\"file\":\"" << std::filesystem::path(path).filename().string() << "\",\"width\":" << pixels.nc()
                      << ",\"height\":" << pixels.nr() << ",\"upsample\":" << options.upsample << ",\"faces\":" << faces.size();
            measure("detect", options.repeat, [&] { dlib.detect(pixels, options.upsample); });
            if (!faces.empty())
            {
                const auto shape = dlib.landmarks(pixels, faces[0].box);
                const auto chip = dlib.chip(pixels, shape);
                measure("landmarks", options.repeat, [&] { dlib.landmarks(pixels, faces[0].box); });
                measure("chip", options.repeat, [&] { dlib.chip(pixels, shape); });
                measure("encode", options.repeat, [&] { dlib.encode(chip); });
                measure("encode8", options.repeat, [&] { dlib.encode(std::vector<image>(8, chip)); });
                measure("all", options.repeat, [&] {
                    for (const detection& face : dlib.detect(pixels, options.upsample))
                        dlib.encode(dlib.chip(pixels, dlib.landmarks(pixels, face.box)));
                });
            }
            std::cout << ",\"blas\":\"" << (openblas_get_corename ? openblas_get_corename() : "another BLAS") << "\",\"peak\":" << peak() << "}\n";
        }
    }
}
