using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Web;

namespace ServiceOffices.LocalHost.Tests.Hosting;

public sealed partial class SettingsTests
{
    [Fact]
    public void Documentation_Table_ListsExactlySettings()
    {
        var asked = new RecordingConfiguration();
        Assert.Throws<InvalidOperationException>(() => Settings.Read(asked));
        asked.Names.UnionWith([FunctionKey.SettingName, "ASPNETCORE_URLS"]);

        var documented = Row().Matches(File.ReadAllText(Repository.PathTo("docs", "settings.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(asked.Names.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Documentation_Defaults_MatchCode()
    {
        var defaults = NumberRow().Matches(File.ReadAllText(Repository.PathTo("docs", "settings.md")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var configured = new ConfigurationBuilder()
            .AddInMemoryCollection(defaults.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)).Append(new("Storage:Folder", "x")))
            .Build();
        var unstated = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Folder", "x")]).Build();

        Assert.NotEmpty(defaults);
        Assert.Equal(Settings.Read(unstated), Settings.Read(configured));
    }

    [Fact]
    public void Read_InvalidSettings_ErrorListsEachAndAllowedValues()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Storage:TableEndpoint", "nowhere"), new("PublicAddress", "ftp://example.se"), new("OData:MaxDepth", "1"),
        ]).Build();

        var message = Assert.Throws<InvalidOperationException>(() => Settings.Read(configuration)).Message;

        Assert.Contains("Storage:TableEndpoint must be an absolute http or https URL; got 'nowhere'.", message, StringComparison.Ordinal);
        Assert.Contains("PublicAddress must be", message, StringComparison.Ordinal);
        Assert.Contains("OData:MaxDepth must be a whole number from 5 to 500; got '1'.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=nowhere", "OTEL_EXPORTER_OTLP_ENDPOINT must be an absolute http or https URL; got 'nowhere'.")]
    [InlineData("--Telemetry:TracesPerSecond=0", "Telemetry:TracesPerSecond must be a whole number from 1 to 1000; got '0'.")]
    [InlineData("--APPLICATIONINSIGHTS_CONNECTION_STRING=nothing", "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string")]
    [InlineData("--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=", "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string")]
    [InlineData(
        "--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=nowhere",
        "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string")]
    [InlineData("--AZURE_CLIENT_ID=me", "AZURE_CLIENT_ID must be a GUID; got 'me'.")]
    [InlineData("--Storage:ConnectionString=nothing", "Storage:ConnectionString: A storage connection string must be")]
    [InlineData("--PublicAddress=https://example.se/?page=1", "PublicAddress must be a URL without query or fragment; got 'https://example.se/?page=1'.")]
    [InlineData("--Storage:Folder=/dev/null/data", "Storage:Folder must be a writable folder; got '/dev/null/data'.")]
    [InlineData("--urls=nowhere", "ASPNETCORE_URLS must be one or more URLs separated by semicolons, such as http://localhost:7071; got 'nowhere'.")]
    public void Start_WrongSetting_IsRefusedWithItsName(string setting, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => LocalHostApp.Build([setting]));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_DatabaseOfNewerVersion_IsRefused()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        using (var connection = folder.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA user_version = 9";
            command.ExecuteNonQuery();
        }

        var exception = Assert.Throws<UnsupportedDatabaseException>(() => LocalHostApp.Build(["--Storage:Folder=" + Path.GetDirectoryName(folder.Database)]));

        Assert.StartsWith($"The database '{folder.Database}' has schema version 9, and this version of the platform supports schema versions up to 3. ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OData:MaxNode")]
    [InlineData("Telemetry:Traces:PerSecond")]
    [InlineData("catalog:titel")]
    public void Read_UnknownSetting_ErrorNamesSetting(string name)
    {
        var exception = GetError(new("Storage:Folder", "x"), new(name, "1"));

        Assert.Equal($"The settings are wrong. {name} is not a known setting. See docs/settings.md.", exception);
    }

    [Fact]
    public void Read_AnyCaseAndForeignSettings_AreAccepted()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("STORAGE:FOLDER", "x"), new("odata:maxnodes", "20"), new("OData:MaxNode", ""), new("Logging:LogLevel:Default", "Debug")]).Build();

        Assert.Equal(20, Settings.Read(configuration).Limits.MaxNodes);
    }

    [Fact]
    public void Read_TwoStorages_IsRejected()
    {
        var exception = GetError(
            new("Storage:ConnectionString", "UseDevelopmentStorage=true"),
            new("Storage:TableEndpoint", "https://a.table.core.windows.net"),
            new("Storage:BlobEndpoint", "https://a.blob.core.windows.net"));

        Assert.Equal("The settings are wrong. Storage:ConnectionString and Storage:TableEndpoint must not both be set: each names a storage account.", exception);
    }

    [Fact]
    public void Read_EndpointWithoutTls_IsRejected()
    {
        // The SDK sends tokens only over https, and would otherwise fail at the first call.
        var exception = GetError(new("Storage:TableEndpoint", "http://a.table.core.windows.net"), new("Storage:BlobEndpoint", "http://a.blob.core.windows.net"));

        Assert.Equal("The settings are wrong. Storage:TableEndpoint must be an https URL. Storage:BlobEndpoint must be an https URL.", exception);
    }

    private static string GetError(params KeyValuePair<string, string?>[] settings) =>
        Assert.Throws<InvalidOperationException>(() => Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Message;

    [GeneratedRegex("^\\| `([A-Za-z:_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^\\| `([A-Za-z:]+)` \\| `([0-9]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex NumberRow();

    /// <summary>A configuration without settings that records the requested names.</summary>
    private sealed class RecordingConfiguration : IConfiguration
    {
        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        public string? this[string key]
        {
            get
            {
                Names.Add(key);
                return null;
            }
            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => throw new NotSupportedException();

        public IConfigurationSection GetSection(string key) => throw new NotSupportedException();
    }
}
