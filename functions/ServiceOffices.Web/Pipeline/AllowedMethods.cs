using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>The methods of a resource, and whether pages of other origins may read its answers.</summary>
public sealed class AllowedMethods
{
    /// <summary>Public and read-only.</summary>
    public static readonly AllowedMethods PublicRead = new(allowsCrossOrigin: true, HttpMethods.Get, HttpMethods.Head, HttpMethods.Options);

    /// <summary>Public, and a query may also come in a body.</summary>
    public static readonly AllowedMethods PublicReadOrPost =
        new(allowsCrossOrigin: true, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Options);

    /// <summary>An action for editors: no page of another origin may start it.</summary>
    public static readonly AllowedMethods Post = new(allowsCrossOrigin: false, HttpMethods.Post, HttpMethods.Options);

    /// <summary>Something that editors look at.</summary>
    public static readonly AllowedMethods ReadOnly = new(allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Options);

    /// <summary>Something that editors look at and add to.</summary>
    public static readonly AllowedMethods ReadAndPost = new(allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Options);

    /// <summary>Something that editors look at, write, change and remove.</summary>
    public static readonly AllowedMethods ReadWrite = new(
        allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options);

    private readonly string[] methods;

    /// <param name="allowsCrossOrigin">True for public resources: CORS headers are sent.</param>
    /// <param name="methods">Upper-case method names, in the order of the Allow field.</param>
    public AllowedMethods(bool allowsCrossOrigin, params string[] methods)
    {
        AllowsCrossOrigin = allowsCrossOrigin;
        this.methods = methods;
        AllowHeader = string.Join(", ", methods);
    }

    /// <summary>True for public resources: CORS headers are sent.</summary>
    public bool AllowsCrossOrigin { get; }

    /// <summary>The value of the Allow field (RFC 9110, 10.2.1).</summary>
    public string AllowHeader { get; }

    /// <summary>True for a method of this resource; method names are case-sensitive (RFC 9110, 9.1).</summary>
    public bool Contains(string method) => Array.IndexOf(methods, method) >= 0;
}
