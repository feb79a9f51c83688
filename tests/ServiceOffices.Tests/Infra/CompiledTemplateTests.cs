using System.Text.Json;

namespace ServiceOffices.Tests.Infra;

public sealed class CompiledTemplateTests : IClassFixture<CompiledTemplate>
{
    private readonly CompiledTemplate compiled;

    public CompiledTemplateTests(CompiledTemplate compiled)
    {
        Bicep.Require();
        this.compiled = compiled;
    }

    [Fact]
    public void Template_AsksForNoKey()
    {
        // listKeys, listAccountSas, listServiceSas and their kin are how a template gets hold of a secret.
        Assert.DoesNotMatch(@"\blist[A-Z]\w*\(", compiled.Text);
        Assert.DoesNotContain("AccountKey", compiled.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void StorageAccounts_AreClosedByDefault()
    {
        var accounts = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts");

        Assert.NotEmpty(accounts);
        Assert.All(accounts, account =>
        {
            JsonElement properties = account.GetProperty("properties");
            Assert.Equal("StorageV2", account.GetProperty("kind").GetString());
            Assert.False(properties.GetProperty("allowSharedKeyAccess").GetBoolean());
            Assert.False(properties.GetProperty("allowBlobPublicAccess").GetBoolean());
            Assert.False(properties.GetProperty("allowCrossTenantReplication").GetBoolean());
            Assert.True(properties.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
            Assert.Equal("TLS1_2", properties.GetProperty("minimumTlsVersion").GetString());
        });
    }

    [Fact]
    public void Tables_AreThoseOfTheRegister()
    {
        var tables = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/tableServices/tables");

        Assert.Equal(["register"], tables.Select(LastNamePart));
    }

    [Fact]
    public void Containers_AreThoseOfThePublications_AndPrivate()
    {
        var containers = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.Equal(["publications"], containers.Select(LastNamePart));
        Assert.All(containers, container =>
            Assert.Equal("None", container.GetProperty("properties").GetProperty("publicAccess").GetString()));
    }

    [Fact]
    public void BlobServices_KeepVersionsAndDeletedBlobs()
    {
        var services = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/blobServices");

        Assert.NotEmpty(services);
        Assert.All(services, service =>
        {
            JsonElement properties = service.GetProperty("properties");
            Assert.True(properties.GetProperty("isVersioningEnabled").GetBoolean());
            Assert.True(properties.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
            Assert.True(properties.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        });
    }

    [Theory]
    [InlineData("parameters")]
    [InlineData("outputs")]
    public void EveryTemplate_DescribesEvery(string section)
    {
        Assert.Equal(2, compiled.Templates.Count);
        Assert.All(compiled.Templates, template =>
            Assert.All(template.GetProperty(section).EnumerateObject(), entry =>
                Assert.NotEqual("", Description(entry.Value))));
    }

    [Fact]
    public void Main_TellsWhereTheDataLies()
    {
        JsonElement outputs = compiled.Templates[0].GetProperty("outputs");

        Assert.Equal(
            ["dataStorageName", "dataTableEndpoint", "dataBlobEndpoint", "registerTableName", "publicationsContainerName"],
            outputs.EnumerateObject().Select(output => output.Name));
    }

    private static string Description(JsonElement entry) =>
        entry.TryGetProperty("metadata", out JsonElement metadata)
        && metadata.TryGetProperty("description", out JsonElement description)
            ? description.GetString() ?? ""
            : "";

    /// <summary>A child's name is compiled to an expression: <c>[format('{0}/{1}/{2}', …, 'default', 'register')]</c>.</summary>
    private static string LastNamePart(JsonElement resource) => resource.GetProperty("name").GetString()!.Split('\'')[^2];
}
