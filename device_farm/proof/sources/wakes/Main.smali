# Asks the provider of another app for something, five seconds after its start: that app is started for it.
.class public Lorg/apprights/proof/wakes/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 2
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u9996\u9875"
    const-string v1, "\u5185\u5bb9"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    const-wide/16 v0, 0x1388
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->later(J)V
    return-void
.end method

.method public run()V
    .locals 7
    invoke-virtual {p0}, Landroid/app/Activity;->getContentResolver()Landroid/content/ContentResolver;
    move-result-object v0
    const-string v1, "content://org.apprights.proof.partner"
    invoke-static {v1}, Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;
    move-result-object v1
    const/4 v2, 0x0
    const/4 v3, 0x0
    const/4 v4, 0x0
    const/4 v5, 0x0
    invoke-virtual/range {v0 .. v5}, Landroid/content/ContentResolver;->query(Landroid/net/Uri;[Ljava/lang/String;Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;
    return-void
.end method
