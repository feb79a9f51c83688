using System.Text;

namespace ServiceOffices.Testing;

/// <summary>
/// Expected files, kept beside the tests in Goldens/. <c>UPDATE_GOLDEN=1</c> rewrites them from what the code gives, for a
/// person to review; with <c>CI=true</c> that is refused.
/// </summary>
public static class Golden
{
    /// <param name="name">The file's path below tests/Goldens.</param>
    public static void Matches(string name, byte[] actual)
    {
        var path = Repository.PathTo("tests", "Goldens", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Assert.False(Repository.IsCI, "UPDATE_GOLDEN=1 is refused where CI=true: goldens change by review only.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no golden {name}; run the tests with UPDATE_GOLDEN=1 to write it, then review it.");
        var expected = File.ReadAllBytes(path);
        // As text first: its difference is readable.
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(actual));
        Assert.Equal(expected, actual);
    }
}
