using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

public sealed class CompiledTemplateTests : IClassFixture<CompiledTemplate>
{
    private readonly CompiledTemplate compiled;

    public CompiledTemplateTests(CompiledTemplate compiled)
    {
        BicepCompiler.SkipUnlessAvailable();
        this.compiled = compiled;
    }

    [Fact]
    public void Template_Compiled_ReadsNoKeys()
    {
        // A template obtains secrets with listKeys, listAccountSas, listServiceSas and similar functions.
        Assert.DoesNotMatch(@"\blist[A-Z]\w*\(", compiled.Text);
        Assert.DoesNotContain("AccountKey", compiled.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void StorageAccounts_Default_DenyPublicAccess()
    {
        var accounts = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts");

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account =>
        {
            JsonElement properties = account.GetProperty("properties");
            Assert.Equal("StorageV2", account.GetProperty("kind").GetString());
            Assert.False(properties.GetProperty("allowSharedKeyAccess").GetBoolean());
            Assert.False(properties.GetProperty("allowCrossTenantReplication").GetBoolean());
            Assert.True(properties.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
            Assert.Equal("TLS1_2", properties.GetProperty("minimumTlsVersion").GetString());
        });
    }

    // A subscription can create resources only of registered namespaces. Microsoft.Authorization and Microsoft.Resources always are.
    [Fact]
    public void Namespaces_Template_AreRegisteredInGuide()
    {
        var used = Regex.Matches(compiled.Text, "\"(?:type|serviceName)\": \"(Microsoft\\.[A-Za-z]+)/").Select(match => match.Groups[1].Value)
            .Except(["Microsoft.Authorization", "Microsoft.Resources"]).Distinct().Order(StringComparer.Ordinal);
        var registered = Regex.Match(File.ReadAllText(Repository.PathTo("docs", "operations.md")), "for namespace in ([A-Za-z. ]+); do az provider register");

        Assert.Equal(string.Join(' ', used), registered.Groups[1].Value);
    }

    [Fact]
    public void Host_RequestBodies_AreLimitedToLargestImport() =>
        Assert.Contains($"coalesce(tryGet(parameters('settings'), 'Editing__MaxImportBytes'), '{new EditingOptions().MaxImportBytes}')", compiled.Text, StringComparison.Ordinal);

    [Fact]
    public void Tables_Template_MatchRegister()
    {
        var tables = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/tableServices/tables");

        Assert.Equal([TableRegisterStore.TableName], tables.Select(LastNamePart));
    }

    [Fact]
    public void Containers_Template_MatchPublicationsAndRuntime()
    {
        var containers = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.Equal([BlobPublicationStore.ContainerName, ImportStore.ContainerName, "packages"], containers.Select(LastNamePart));
    }

    [Fact]
    public void PublicAccess_Default_IsOffAndForPublicationsOnly()
    {
        // The default, which the parameters of prod and dev do not override.
        Assert.False(compiled.Templates[0].GetProperty("parameters").GetProperty("arePublicationsPublic").GetProperty("defaultValue").GetBoolean());

        var allowed = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts").Select(account => account.GetProperty("properties").GetProperty("allowBlobPublicAccess").ToString());
        var containers = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/blobServices/containers")
            .Select(container => $"{LastNamePart(container)} {container.GetProperty("properties").GetProperty("publicAccess")}");

        Assert.Equal(["False", "[parameters('arePublicationsPublic')]"], allowed.Order(StringComparer.Ordinal));
        Assert.Equal(["publications [if(parameters('arePublicationsPublic'), 'Blob', 'None')]", "imports None", "packages None"], containers);
    }

    [Fact]
    public void DataBlobs_Template_HaveVersioningAndSoftDelete()
    {
        var properties = compiled.Module("dataStorage").GetProperty("resources").GetProperty("blobService").GetProperty("properties");

        Assert.True(properties.GetProperty("isVersioningEnabled").GetBoolean());
        Assert.True(properties.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.True(properties.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public void Lifecycle_Revisions_MovesToCoolAndDeletesNothing()
    {
        var policy = compiled.ResourcesOfType("Microsoft.Storage/storageAccounts/managementPolicies").Single();
        var rules = policy.GetProperty("properties").GetProperty("policy").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("definition"))
            .Select(rule => $"{Compact(rule.GetProperty("filters").GetProperty("prefixMatch"))}: {Compact(rule.GetProperty("actions"))}");

        // The age of a version is counted from the creation of the blob, not from its deletion, so no rule may delete versions of a revision.
        Assert.Equal(
            [
                """["publications/revisions/"]: {"baseBlob":{"tierToCool":{"daysAfterModificationGreaterThan":"[parameters('coolAfterDays')]"}}}""",
                """["publications/current","publications/refreshes/","publications/tries/","imports/"]: {"version":{"delete":{"daysAfterCreationGreaterThan":"[parameters('softDeleteDays')]"}}}""",
            ],
            rules.Select(rule => Regex.Replace(rule.Replace("\\u0027", "'", StringComparison.Ordinal), @"\[format\('\{0\}/([^']*)', '(\w+)'\)\]", "$2/$1")));
    }

    [Fact]
    public void Diagnostics_AppAndStorage_GoToWorkspace()
    {
        var settings = compiled.ResourcesOfType("Microsoft.Insights/diagnosticSettings");
        var logs = settings.Select(setting =>
            $"{setting.GetProperty("scope").GetString()!.Split('\'')[1]}: {string.Join(' ', Categories(setting))}");

        // Two accounts have a blob service. Reads are not logged, because with redirected downloads they would contain the IP addresses of readers.
        Assert.Equal(
            [
                "Microsoft.Storage/storageAccounts/blobServices: StorageWrite StorageDelete",
                "Microsoft.Storage/storageAccounts/blobServices: StorageWrite StorageDelete",
                "Microsoft.Storage/storageAccounts/tableServices: StorageWrite StorageDelete",
                "Microsoft.Web/sites: FunctionAppLogs",
            ],
            logs.Order(StringComparer.Ordinal));
        Assert.All(settings, setting => Assert.Equal("[parameters('workspaceId')]", setting.GetProperty("properties").GetProperty("workspaceId").GetString()));

        IEnumerable<string> Categories(JsonElement setting)
        {
            var categories = setting.GetProperty("properties").GetProperty("logs");
            return (categories.ValueKind == JsonValueKind.Array ? categories : compiled.Module("dataStorage").GetProperty("variables").GetProperty("writes"))
                .EnumerateArray().Select(log => log.GetProperty("category").GetString()!);
        }
    }

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    [Fact]
    public void Roles_Template_AreLeastPrivilege()
    {
        Dictionary<string, string> roles = new()
        {
            ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
            ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
            ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
            ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        };
        var given =
            from template in compiled.Templates
            from resource in CompiledTemplate.GetResources(template)
            where CompiledTemplate.GetResourceType(resource) == "Microsoft.Authorization/roleAssignments"
            let name = Regex.Match(resource.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!, @"variables\('(\w+)'\)").Groups[1].Value
            let role = roles[template.GetProperty("variables").GetProperty(name).GetString()!]
            select $"{role}: {resource.GetProperty("scope").GetString()}";

        Assert.Equal(
            [
                "Monitoring Metrics Publisher: [resourceId('Microsoft.Insights/components', parameters('insightsName'))]",
                "Storage Blob Data Contributor: [resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', parameters('accountName'), 'default', 'imports')]",
                "Storage Blob Data Contributor: [resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', parameters('accountName'), 'default', 'publications')]",
                "Storage Blob Data Owner: [resourceId('Microsoft.Storage/storageAccounts', parameters('accountName'))]",
                "Storage Table Data Contributor: [resourceId('Microsoft.Storage/storageAccounts/tableServices/tables', parameters('accountName'), 'default', 'register')]",
            ],
            given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AppSettings_Template_AreReadByApp()
    {
        // The settings of the embedded store and of the local host, and the one that contains a key.
        string[] notInAzure = ["Storage:Folder", "Storage:ConnectionString", "LocalHost:FunctionKey", "ASPNETCORE_URLS"];
        var documentation = File.ReadAllText(Repository.PathTo("docs", "settings.md"));
        var read = Regex.Matches(documentation, "^\\| `([A-Za-z:_]+)` \\|", RegexOptions.Multiline).Select(row => row.Groups[1].Value).Except(notInAzure)
            .Concat(Regex.Matches(documentation, "^- `([A-Za-z_]+)`:", RegexOptions.Multiline).Select(item => item.Groups[1].Value))
            .Select(name => name.Replace(":", "__", StringComparison.Ordinal));
        var app = compiled.Module("functionApp");
        var own = Names(app.GetProperty("variables").GetProperty("ownSettings")).ToList();
        var optional = Names(app.GetProperty("definitions").GetProperty("platformSettings").GetProperty("properties"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            WriteOptionalSettings(read.Except(own).Order(StringComparer.Ordinal));
            return;
        }

        // A setting that is missing on the right belongs in infra-bicep/settings.bicep; UPDATE_GOLDEN=1 adds it there.
        Assert.Equal(read.Order(StringComparer.Ordinal), own.Concat(optional).Order(StringComparer.Ordinal));
        Assert.Equal("[union(variables('ownSettings'), parameters('settings'))]", Properties(app, "app::appSettings").GetString());
    }

    [Fact]
    public void FunctionApp_Template_IsFlexOnDotNet10WithoutSecrets()
    {
        var resources = compiled.Module("functionApp").GetProperty("resources");
        var app = Properties(compiled.Module("functionApp"), "app");
        var config = app.GetProperty("functionAppConfig");

        Assert.Equal("""{"tier":"FlexConsumption","name":"FC1"}""", Compact(resources.GetProperty("plan").GetProperty("sku")));
        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", Compact(config.GetProperty("runtime")));
        Assert.Equal("UserAssignedIdentity", config.GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
        Assert.True(app.GetProperty("httpsOnly").GetBoolean());
        Assert.Equal("1.2", app.GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
        var passwords = compiled.ResourcesOfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal([false, false], passwords.Select(policy => policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
    }

    [Fact]
    public void Scale_Default_HasNoAlwaysReadyInstance() =>
        Assert.Equal(
            """{"instanceMemoryMB":2048,"maximumInstances":100,"requestsPerInstance":32,"alwaysReady":0}""",
            Compact(compiled.Templates[0].GetProperty("parameters").GetProperty("scale").GetProperty("defaultValue")));

    [Fact]
    public void Telemetry_Ingestion_RequiresIdentity()
    {
        var insights = compiled.ResourcesOfType("Microsoft.Insights/components").Single().GetProperty("properties");
        var workspace = compiled.ResourcesOfType("Microsoft.OperationalInsights/workspaces").Single().GetProperty("properties");

        Assert.True(insights.GetProperty("DisableLocalAuth").GetBoolean());
        Assert.False(insights.GetProperty("DisableIpMasking").GetBoolean());
        Assert.True(workspace.GetProperty("features").GetProperty("disableLocalAuth").GetBoolean());
    }

    [Fact]
    public void Options_Default_AreOff()
    {
        var parameters = compiled.Templates[0].GetProperty("parameters");

        Assert.All(
            ["useFrontDoor", "usePrivateEndpoints", "isZoneRedundant"],
            name => Assert.False(parameters.GetProperty(name).GetProperty("defaultValue").GetBoolean()));
        Assert.Equal("[parameters('useFrontDoor')]", compiled.Templates[0].GetProperty("resources").GetProperty("frontDoor").GetProperty("condition").GetString());
        Assert.Equal("[parameters('usePrivateEndpoints')]", compiled.Templates[0].GetProperty("resources").GetProperty("network").GetProperty("condition").GetString());
    }

    [Fact]
    public void Parameters_Default_HaveNoDate()
    {
        // Azure rejects a budget that begins in a past month, so a date in the sources would be wrong a month later.
        var defaults = compiled.Templates[0].GetProperty("parameters").EnumerateObject()
            .Where(parameter => parameter.Value.TryGetProperty("defaultValue", out _))
            .Select(parameter => parameter.Value.GetProperty("defaultValue").GetRawText())
            .Append(File.ReadAllText(Path.Combine(BicepCompiler.Folder, "main.bicepparam")));

        Assert.All(defaults, text => Assert.DoesNotMatch(@"20\d\d-\d\d-\d\d", text));
        Assert.Equal(
            "[and(and(greater(parameters('monthlyBudget'), 0), not(empty(parameters('alertEmails')))), not(empty(parameters('budgetStartDate'))))]",
            compiled.Templates[0].GetProperty("resources").GetProperty("budget").GetProperty("condition").GetString());
    }

    [Theory]
    [InlineData("parameters")]
    [InlineData("outputs")]
    public void Templates_All_DescribeEveryParameterAndOutput(string section)
    {
        var entries = compiled.Templates
            .Where(template => template.TryGetProperty(section, out _))
            .SelectMany(template => template.GetProperty(section).EnumerateObject())
            .ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.NotEqual("", Description(entry.Value)));
    }

    [Fact]
    public void Main_Outputs_HaveAppAndDataUrls()
    {
        JsonElement outputs = compiled.Templates[0].GetProperty("outputs");

        Assert.Equal(
            ["functionAppName", "publicAddress", "dataStorageName", "dataTableEndpoint", "dataBlobEndpoint", "registerTableName", "publicationsContainerName"],
            outputs.EnumerateObject().Select(output => output.Name));
    }

    private static void WriteOptionalSettings(IEnumerable<string> names)
    {
        var path = Path.Combine(BicepCompiler.Folder, "settings.bicep");
        var bicep = File.ReadAllText(path);
        var begin = bicep.IndexOf("= {\n", StringComparison.Ordinal) + "= {\n".Length;
        File.WriteAllText(path, bicep[..begin] + string.Concat(names.Select(name => $"  {name}: string?\n")) + "}\n");
    }

    private static JsonElement Properties(JsonElement template, string resource) =>
        template.GetProperty("resources").GetProperty(resource).GetProperty("properties");

    private static IEnumerable<string> Names(JsonElement item) => item.EnumerateObject().Select(property => property.Name);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static string Description(JsonElement entry) =>
        entry.TryGetProperty("metadata", out JsonElement metadata)
        && metadata.TryGetProperty("description", out JsonElement description)
            ? description.GetString() ?? ""
            : "";

    /// <summary>Gets the name of a child resource, which is compiled to an expression: <c>[format('{0}/{1}/{2}', …, 'default', 'register')]</c>.</summary>
    private static string LastNamePart(JsonElement resource) => resource.GetProperty("name").GetString()!.Split('\'')[^2];
}
