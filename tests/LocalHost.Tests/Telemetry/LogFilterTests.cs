using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceOffices.Testing;
using ServiceOffices.Web;

namespace ServiceOffices.LocalHost.Tests.Telemetry;

/// <summary>Tests the log filters, which are the same in all hosts.</summary>
public sealed class LogFilterTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", false)]
    [InlineData("Microsoft.AspNetCore.Mvc.Infrastructure", false)]
    [InlineData("Azure.Core", false)]
    [InlineData("ServiceOffices.Publishing.Publisher", true)]
    public void Log_Information_IsLimitedToPlatform(string category, bool isLogged)
    {
        using TemporaryFolder folder = new();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddEventSourceLogger())
            .AddServiceOfficesWeb(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Folder", folder.Path)]).Build())
            .BuildServiceProvider();

        var rule = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Assert.Equal(isLogged, rule.IsEnabled(LogLevel.Information));
        Assert.True(rule.IsEnabled(LogLevel.Warning));
    }
}
