using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Triggers;

/// <summary>Tests the requirements of both hosts on the triggers.</summary>
public sealed class TriggersTests
{
    private static readonly IReadOnlyList<FunctionMethod> Functions = FunctionMethod.Discover(typeof(LocalHostApp).Assembly.GetTypes());

    private static readonly IReadOnlyList<HttpRoute> Routes =
        LocalHostApp.CreateRoutes(Functions, new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider());

    /// <summary>The source files of the triggers.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathTo("functions", "FunctionApp", "Triggers"), "*.cs").Select(file => Path.GetFileName(file)!)];

    /// <summary>The HTTP functions.</summary>
    public static TheoryData<string> HttpFunctions => [.. Functions.Where(function => function.Http is not null).Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void TriggerFile_Source_NamesNoHost(string file)
    {
        var text = File.ReadAllText(Repository.PathTo("functions", "FunctionApp", "Triggers", file));

        Assert.DoesNotContain("Microsoft.Azure", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LocalHost", text, StringComparison.Ordinal);
    }

    // The Functions host reads the content of a request into memory if a function lists its method.
    [Fact]
    public void HttpFunctions_MethodsWithContent_AreListedWhereServed()
    {
        var http = Functions.Where(function => function.Http is not null).ToList();

        Assert.Equal(
            ["OData post", "RefreshNow post", "Register post,put,patch,delete", "RegisterByToken post,put,patch,delete"],
            http.Select(function => $"{function.Name} {string.Join(',', function.Http!.Methods.Except(["get", "head", "options"]))}").Where(row => !row.EndsWith(' ')));
        Assert.All(http, function => Assert.Contains("options", function.Http!.Methods));
    }

    [Fact]
    public void Method_NotListed_IsRejectedByFirstFunctionOfPath()
    {
        var router = new HttpFunctionRouter(Routes, null!, null!, null!);
        var context = new DefaultHttpContext { Request = { Method = "POST", Path = "/downloads/offices.csv" } };

        Assert.Equal("Downloads", router.FindRoute(context.Request)!.Function.Name);
    }

    [Theory]
    [InlineData("/", "PortalStart")]
    [InlineData("/kontor", "PortalOffices")]
    [InlineData("/kontor/storuman", "PortalOffices")]
    [InlineData("/utveckling", "PortalDevelopment")]
    [InlineData("/data", "PortalData")]
    [InlineData("/utvecklare", "PortalDevelopers")]
    [InlineData("/om/integritet", "PortalAbout")]
    [InlineData("/en", "PortalEnglish")]
    [InlineData("/en/offices/storuman", "PortalEnglish")]
    [InlineData("/assets/0/portal.css", "PortalAssets")]
    [InlineData("/odata/v1", "OData")]
    [InlineData("/odata/v1/", "OData")]
    [InlineData("/odata/v1/$metadata", "OData")]
    [InlineData("/odata/v1/offices('storuman')/events", "OData")]
    [InlineData("/downloads/offices.csv", "Downloads")]
    [InlineData("/downloads/12/offices.csv", "Downloads")]
    [InlineData("/feeds/changes.atom", "Feeds")]
    [InlineData("/feeds/changes/1.atom", "Feeds")]
    [InlineData("/datasets/dcat", "Datasets")]
    [InlineData("/datasets/dcat.ttl", "Datasets")]
    [InlineData("/datapackage.json", "DataPackage")]
    [InlineData("/docs/data-dictionary", "Dictionary")]
    [InlineData("/health/ready", "Health")]
    [InlineData("/register/refresh", "RefreshNow")]
    [InlineData("/.well-known/security.txt", "SecurityTxt")]
    [InlineData("/.well-known/other", "UnknownPath")]
    [InlineData("/other", "UnknownPath")]
    [InlineData("/health", "UnknownPath")]
    [InlineData("/openapi.json/x", "UnknownPath")]
    public void Path_Service_RoutesToFunction(string path, string function) =>
        Assert.Equal(function, Match(path));

    [Fact]
    public void PublicRoute_Any_DoesNotShadowProtectedRoute()
    {
        var protectedRoutes = Routes.Where(route => route.Function.Http!.AuthLevel != AuthorizationLevel.Anonymous).ToList();

        Assert.NotEmpty(protectedRoutes);
        foreach (var route in protectedRoutes)
        {
            foreach (var path in GetMatchingPaths(route.Template))
            {
                Assert.Equal(route.Function.Name, Match(path));
            }
        }
    }

    [Fact]
    public void CatchAll_AtRoot_IsLast()
    {
        // The Functions host tries routes in the order of the function names.
        Assert.Equal(["UnknownPath"], Routes.Where(route => route.Template.StartsWith("{*", StringComparison.Ordinal)).Select(route => route.Function.Name));
        Assert.Equal("UnknownPath", Routes[^1].Function.Name);
    }

    [Fact]
    public void RegisterPath_Any_IsNotPublic()
    {
        foreach (var path in new[] { "/register", "/register/", "/register/refresh/", "/REGISTER/refresh", "/register/offices/x", "/register/imports/1/retry" })
        {
            var match = Match(path);
            Assert.True(match is null || Functions.Single(function => function.Name == match).Http!.AuthLevel == AuthorizationLevel.Function, path);
        }
    }

    /// <summary>Gets paths that match a template: each parameter with a simple value, a catch-all with none, one and two segments.</summary>
    private static IEnumerable<string> GetMatchingPaths(string template)
    {
        var parts = template.Split('/');
        string Path(string rest) => "/" + string.Join('/', parts.Select(part =>
            part.StartsWith("{*", StringComparison.Ordinal) ? rest : part.StartsWith('{') ? "x" : part));
        return new[] { Path(""), Path("a"), Path("a/b") }.Distinct();
    }

    private static string? Match(string path)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Path = path;
        return Routes.FirstOrDefault(route => route.Matches(request))?.Function.Name;
    }
}
