using System.Text;

namespace ServiceOffices.Testing;

/// <summary>
/// Compares output with the expected files in tests/Goldens. <c>UPDATE_GOLDEN=1</c> rewrites them from the actual output, for
/// review; with <c>CI=true</c> this is rejected.
/// </summary>
public static class Golden
{
    /// <param name="name">The path of the file below tests/Goldens.</param>
    public static void Matches(string name, byte[] actual)
    {
        var path = Repository.PathTo("tests", "Goldens", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Assert.False(Repository.IsCI, "UPDATE_GOLDEN=1 is not allowed with CI=true: golden files change by review only.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, actual);
        }

        Assert.True(File.Exists(path), $"The golden file {name} does not exist. Run the tests with UPDATE_GOLDEN=1 to create it, then review it.");
        var expected = File.ReadAllBytes(path);
        // Compared as a string first, because the difference is readable.
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(actual));
        Assert.Equal(expected, actual);
    }
}
