using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>The methods of a resource, and whether pages of other origins may read its replies (CORS).</summary>
public sealed class AllowedMethods
{
    /// <summary>Public and read-only.</summary>
    public static readonly AllowedMethods PublicRead = new(allowsCrossOrigin: true, HttpMethods.Get, HttpMethods.Head, HttpMethods.Options);

    /// <summary>Public and read-only; a query may also be sent in the content of a POST.</summary>
    public static readonly AllowedMethods PublicReadOrPost =
        new(allowsCrossOrigin: true, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Options);

    /// <summary>An action for editors; not available to pages of other origins.</summary>
    public static readonly AllowedMethods Post = new(allowsCrossOrigin: false, HttpMethods.Post, HttpMethods.Options);

    /// <summary>Read-only for editors.</summary>
    public static readonly AllowedMethods ReadOnly = new(allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Options);

    /// <summary>A collection to which editors add.</summary>
    public static readonly AllowedMethods ReadAndPost = new(allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Options);

    /// <summary>A resource that editors read, write, change and remove.</summary>
    public static readonly AllowedMethods ReadWrite = new(
        allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options);

    private readonly string[] methods;

    /// <param name="allowsCrossOrigin">True for public resources: CORS headers are sent.</param>
    /// <param name="methods">Upper-case method names, in the order of the Allow header.</param>
    public AllowedMethods(bool allowsCrossOrigin, params string[] methods)
    {
        AllowsCrossOrigin = allowsCrossOrigin;
        this.methods = methods;
        AllowHeader = string.Join(", ", methods);
    }

    /// <summary>Gets whether CORS headers are sent; true for public resources.</summary>
    public bool AllowsCrossOrigin { get; }

    /// <summary>Gets the value of the Allow header (RFC 9110, 10.2.1).</summary>
    public string AllowHeader { get; }

    /// <summary>Returns true for a method of this resource; method names are case-sensitive (RFC 9110, 9.1).</summary>
    public bool Contains(string method) => Array.IndexOf(methods, method) >= 0;
}
