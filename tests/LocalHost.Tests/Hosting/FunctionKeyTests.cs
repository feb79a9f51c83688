using Microsoft.AspNetCore.Http;
using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.LocalHost.Tests.Hosting;

public sealed class FunctionKeyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Open_FirstStart_GeneratesKeyAndStoresHash()
    {
        var key = FunctionKey.LoadOrCreate(null, folder.FullName, out var generated);

        Assert.NotNull(generated);
        Assert.Equal(64, generated.Length);
        Assert.True(key.IsPresentedBy(RequestWith(generated)));
        Assert.DoesNotContain(folder.EnumerateFiles(), file => File.ReadAllText(file.FullName).Contains(generated, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_SecondStart_AcceptsKeyAndShowsNone()
    {
        _ = FunctionKey.LoadOrCreate(null, folder.FullName, out var generated);

        var key = FunctionKey.LoadOrCreate(null, folder.FullName, out var again);

        Assert.Null(again);
        Assert.True(key.IsPresentedBy(RequestWith(generated!)));
        Assert.False(key.IsPresentedBy(RequestWith("another")));
    }

    [Fact]
    public void Open_ConfiguredKey_WritesNothing()
    {
        var key = FunctionKey.LoadOrCreate("stated", folder.FullName, out var generated);

        Assert.Null(generated);
        Assert.True(key.IsPresentedBy(RequestWith("stated")));
        Assert.Empty(folder.EnumerateFiles());
    }

    private static HttpRequest RequestWith(string key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-functions-key"] = key;
        return request;
    }
}
