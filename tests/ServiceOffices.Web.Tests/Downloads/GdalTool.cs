using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.Downloads;

/// <summary>Runs GDAL, whose readers of map files and workbooks QGIS and other programs use.</summary>
internal static class GdalTool
{
    /// <summary>Reads the features of a file as GeoJSON. Skips the test if ogr2ogr is missing, unless CI=true.</summary>
    /// <exception cref="InvalidOperationException">GDAL could not read the file; the message is its error output.</exception>
    public static async Task<IReadOnlyList<JsonElement>> FeaturesAsync(string path, params string[] arguments)
    {
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo("ogr2ogr", ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "-lco", "SIGNIFICANT_FIGURES=17", "/vsistdout/", path, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            var reason = $"GDAL's ogr2ogr must be on the PATH (Debian: gdal-bin): {e.Message}";
            Assert.False(Repository.IsCI, $"{reason} (CI=true: nothing is skipped)");
            Assert.Skip(reason);
        }

        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? [.. JsonDocument.Parse(output).RootElement.GetProperty("features").EnumerateArray()]
            : throw new InvalidOperationException($"ogr2ogr of {path} ended with exit code {process.ExitCode}: {await errors}");
    }
}
