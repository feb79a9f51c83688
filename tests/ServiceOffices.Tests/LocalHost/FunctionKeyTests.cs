using Microsoft.AspNetCore.Http;
using ServiceOffices.LocalHost;

namespace ServiceOffices.Tests.LocalHost;

public sealed class FunctionKeyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Open_FirstStart_GeneratesAKeyAndKeepsItsHashOnly()
    {
        var key = FunctionKey.Open(null, folder.FullName, out var generated);

        Assert.NotNull(generated);
        Assert.Equal(64, generated.Length);
        Assert.True(key.IsGivenBy(RequestWith(generated)));
        Assert.DoesNotContain(folder.EnumerateFiles(), file => File.ReadAllText(file.FullName).Contains(generated, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_SecondStart_KnowsTheKeyOfTheFirstAndShowsNone()
    {
        _ = FunctionKey.Open(null, folder.FullName, out var generated);

        var key = FunctionKey.Open(null, folder.FullName, out var again);

        Assert.Null(again);
        Assert.True(key.IsGivenBy(RequestWith(generated!)));
        Assert.False(key.IsGivenBy(RequestWith("another")));
    }

    [Fact]
    public void Open_StatedKey_WritesNothing()
    {
        var key = FunctionKey.Open("stated", folder.FullName, out var generated);

        Assert.Null(generated);
        Assert.True(key.IsGivenBy(RequestWith("stated")));
        Assert.Empty(folder.EnumerateFiles());
    }

    private static HttpRequest RequestWith(string key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-functions-key"] = key;
        return request;
    }
}
